package colonnade.engine.exec.agg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SelectingTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);

  @Test
  void findsEveryPositionOfAnyValues() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int size : new int[] {1, 2, 24, 25, 26, 63, 64, 65, 1000, 5000}) {
      for (int distinct : new int[] {1, 2, 3, 20, 1 << 30}) {
        long[] values = random.longs(size, -distinct / 2, (distinct + 1) / 2).toArray();
        check(values, random, "random");
        Arrays.sort(values);
        check(values, random, "sorted");
        for (int i = 0; i < size / 2; i++) {
          long value = values[i];
          values[i] = values[size - 1 - i];
          values[size - 1 - i] = value;
        }
        check(values, random, "falling");
        for (int i = 0; i < size; i += 3) {
          values[i] = i % 2 == 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        check(values, random, "with the ends of long");
      }
    }
  }

  private static void check(long[] values, SplittableRandom random, String what) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int size = values.length;
    for (int k : new int[] {0, size / 2, size - 1, random.nextInt(size)}) {
      long[] some = values.clone();
      String place = "%s, number %d of %d, -Dseed=%d".formatted(what, k, size, SEED);
      assertThat(Selecting.select(some, size, k)).as(place).isEqualTo(sorted[k]);
      assertThat(some[k]).as(place).isEqualTo(sorted[k]);
      assertThat(Arrays.stream(some, 0, k).allMatch(v -> v <= sorted[k])).as(place).isTrue();
      assertThat(Arrays.stream(some, k, size).allMatch(v -> v >= sorted[k])).as(place).isTrue();
      if (k + 1 < size) {
        assertThat(Selecting.least(some, k + 1, size)).as(place).isEqualTo(sorted[k + 1]);
      }
      Arrays.sort(some);
      assertThat(some).as(place).isEqualTo(sorted);
    }
  }
}
