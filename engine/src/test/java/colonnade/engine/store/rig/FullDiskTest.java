package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.rig.Child;
import colonnade.rig.MountSpace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk gets full while somebody writes: he gets an error that says so, what was committed stays,
 * can be read meanwhile, and is written on when there is space. Needs root and loop devices.
 */
@Reliability
class FullDiskTest {
  private static final long SEED = Long.getLong("seed", 20_261_129);

  @TempDir Path directory;

  @Test
  void refusesToWriteAndKeepsWhatIsCommitted() throws Exception {
    int trials = Reliability.Form.of(10, 100);
    String output =
        MountSpace.run("full disks", Child.SMALL, FullDisks.class, directory, trials, SEED);
    Reliability.Form.report(output);
    assertThat(output).endsWith(" 2 read-only ones: 0 bad");
  }
}
