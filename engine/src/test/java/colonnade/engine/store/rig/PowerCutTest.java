package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes under a table on a real file system: ext4 on a loop device in memory, shut down
 * without writing its journal. Needs root and loop devices. The mounts live in a name space of
 * their own, with the process that made them, and are gone with it whatever happens.
 */
@Reliability
class PowerCutTest {
  private static final long SEED = Long.getLong("seed", 20_261_101);

  @TempDir Path directory;

  @Test
  void survivesThePowerCut() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && Files.isExecutable(Path.of("/usr/bin/unshare")),
        "power cuts need Linux with unshare");
    int cuts = Reliability.Form.of(5, 500);
    Process rig =
        Child.start(
            List.of("unshare", "--mount", "--propagation", "private"),
            PowerCuts.class,
            directory.toString(),
            Integer.toString(cuts),
            Long.toString(SEED));
    String output;
    try (var stream = rig.getInputStream()) {
      output = new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    } finally {
      rig.destroyForcibly();
      assertThat(rig.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assumeTrue(
        !output.contains(PowerCuts.IMPOSSIBLE) && !output.startsWith("unshare:"),
        "power cuts need root and loop devices: " + output);
    Reliability.Form.report(output);
    assertThat(output).matches("[\\d,]+ power cuts among [1-9][\\d,]* acknowledged commits: 0 bad");
    assertThat(rig.exitValue()).isZero();
  }
}
