package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.rig.MountSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Changes at random places write little more to the device than what is changed is large: counted
 * by the kernel, on a loop device in memory. Needs root and loop devices.
 */
@Tag("reliability")
class DeviceWritesTest {
  private static final boolean LONG = "long".equals(System.getProperty("reliability"));
  private static final double MOST_TIMES_ITS_SIZE = 2.2;

  @TempDir Path directory;

  /** Sizes are those of the long form, 100 MiB; the short one is a sixteenth of it. */
  @ParameterizedTest
  @CsvSource({
    "keyed, 6553600, 3000000, 1",
    "keyed, 6553600, 3000000, 10",
    "array, 5242880, 3000000, 1",
  })
  void areAtMostTwiceTheSize(String what, int rows, int changes, int commits) throws Exception {
    assumeTrue(LONG || !what.equals("keyed") || commits > 1, "only in the long form");
    int part = LONG ? 1 : 16;
    String output =
        MountSpace.run(
            "counted writes",
            List.of("-Xmx1g", "-XX:-UsePerfData"),
            DeviceWrites.class,
            directory,
            what,
            rows / part,
            changes / part,
            commits);
    System.out.println("reliability (" + (LONG ? "long" : "short") + "): " + output);
    Matcher times = Pattern.compile("([0-9.]+) times its size").matcher(output);
    assertThat(times.find()).as(output).isTrue();
    assertThat(Double.parseDouble(times.group(1))).as(output).isLessThan(MOST_TIMES_ITS_SIZE);
  }
}
