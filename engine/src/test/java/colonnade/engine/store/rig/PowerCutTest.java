package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.rig.Child;
import colonnade.rig.MountSpace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes under a table on a real file system: ext4 on a loop device in memory, shut down
 * without writing its journal. Needs root and loop devices.
 */
@Reliability
class PowerCutTest {
  private static final long SEED = Long.getLong("seed", 20_261_101);

  @TempDir Path directory;

  @Test
  void survivesThePowerCut() throws Exception {
    int cuts = Reliability.Form.of(5, 500);
    String output =
        MountSpace.run("power cuts", Child.SMALL, PowerCuts.class, directory, cuts, SEED);
    Reliability.Form.report(output);
    assertThat(output).matches("[\\d,]+ power cuts among [1-9][\\d,]* acknowledged commits: 0 bad");
  }
}
