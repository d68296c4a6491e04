package colonnade.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs that mount file systems, in a mount name space of their own: whatever they mount is
 * gone with them, whatever happens. Needs Linux and root; elsewhere the test that asks is skipped,
 * and says why.
 */
public final class MountSpace {
  private static final String IMPOSSIBLE = "not possible here: ";

  private MountSpace() {}

  /** Says, from within, that this machine cannot do what the program needs. */
  public static void impossible(Exception reason) {
    System.out.println(IMPOSSIBLE + reason.getMessage());
  }

  /**
   * Runs {@code main} to its end, which must be a good one.
   *
   * @param what is tested, for the reason of a skip
   * @param options of its JVM
   * @return what it printed
   */
  public static String run(String what, List<String> options, Class<?> main, Object... arguments)
      throws IOException, InterruptedException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && Files.isExecutable(Path.of("/usr/bin/unshare")),
        what + " need Linux with unshare");
    List<String> unshare = List.of("unshare", "--mount", "--propagation", "private");
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    Process process =
        Child.builder(unshare, options, main, texts).redirectErrorStream(true).start();
    String output;
    try (var stream = process.getInputStream()) {
      output = new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assumeTrue(
        !output.contains(IMPOSSIBLE) && !output.startsWith("unshare:"),
        what + " need root and mounts: " + output);
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
