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
 * A disk gets full while somebody writes: he gets an error that says so, what was committed stays,
 * can be read meanwhile, and is written on when there is space. Needs root and loop devices; the
 * disks live in a mount name space of their own, and are gone with the process that made them.
 */
@Reliability
class FullDiskTest {
  private static final long SEED = Long.getLong("seed", 20_261_129);

  @TempDir Path directory;

  @Test
  void refusesToWriteAndKeepsWhatIsCommitted() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && Files.isExecutable(Path.of("/usr/bin/unshare")),
        "full disks need Linux with unshare");
    Process rig =
        Child.start(
            List.of("unshare", "--mount", "--propagation", "private"),
            FullDisks.class,
            directory.toString(),
            Integer.toString(Reliability.Form.of(10, 100)),
            Long.toString(SEED));
    String output;
    try (var stream = rig.getInputStream()) {
      output = new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    } finally {
      rig.destroyForcibly();
      assertThat(rig.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assumeTrue(
        !output.contains(FullDisks.IMPOSSIBLE) && !output.startsWith("unshare:"),
        "full disks need root and loop devices: " + output);
    Reliability.Form.report(output);
    assertThat(output).endsWith(" 2 read-only ones: 0 bad");
    assertThat(rig.exitValue()).isZero();
  }
}
