package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import colonnade.design.DesignSample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls that the design promises compile as they are written there, and do what it says. */
class DesignSampleTest {
  @TempDir Path folder;

  @Test
  void worksAsTheDesignWritesIt() throws Exception {
    DesignSample.Outcome outcome = DesignSample.run(folder);
    assertThat(outcome.explained()).contains("delay");
    assertThat(outcome.worst()).isEqualTo(meanDelayInChicagoAtEight());
    assertThat(outcome.meanOfScaled()).isCloseTo(0, within(1e-9));
    assertThat(outcome.deviationOfScaled()).isCloseTo(1, within(1e-9));
    assertThat(outcome.sensorRows()).isEqualTo(3);
    assertThat(outcome.updatedDistance()).isEqualTo(805);
    assertThat(outcome.patch()).isEqualTo(2f);
  }

  /** The greatest mean, by a loop over the rule that the sample's rows follow: ORD at 20 hours. */
  private static double meanDelayInChicagoAtEight() {
    long sum = 0;
    int count = 0;
    for (int i = 3; i < 10_000; i += 4) {
      int delay = i % 100 < 50 ? i % 50 : 20 + i % 80;
      if (delay > 15) {
        sum += delay;
        count++;
      }
    }
    return (double) sum / count;
  }
}
