package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bounds and counts against loops over the values one by one. */
class StatisticsFoldTest {
  private static final int[] SIZES = {0, 1, 2, 7, 8, 9, 63, 64, 65, 1000};
  private static final double[] SPECIAL = {
    -0.0,
    0.0,
    Double.NaN,
    Double.longBitsToDouble(-1),
    Double.longBitsToDouble(0x7ff0_0000_0000_0001L),
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -Double.MIN_VALUE
  };

  private final SplittableRandom random = new SplittableRandom(20_261_130L);

  @Test
  void boundsDoublesAndCountsNan() {
    for (int size : SIZES) {
      for (int special = 0; special <= SPECIAL.length; special++) {
        check(DataType.F64, size, special);
        check(DataType.F32, size, special);
      }
    }
  }

  @Test
  void boundsValuesOfOneSign() {
    for (double sign : new double[] {-1, 1}) {
      StatisticsFold fold = new StatisticsFold(DataType.F64);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment data = arena.allocate(3L * Double.BYTES);
        data.set(Layouts.DOUBLE, 0, sign * 2);
        data.set(Layouts.DOUBLE, 8, sign * 0x1p-1040);
        data.set(Layouts.DOUBLE, 16, sign * 3);
        fold.values(data, 0, 3);
      }
      assertThat(fold.get().minDouble()).isEqualTo(sign < 0 ? -3 : 0x1p-1040);
      assertThat(fold.get().maxDouble()).isEqualTo(sign < 0 ? -0x1p-1040 : 3);
    }
  }

  /** Random values; where {@code special} is one of the special values, some are that. */
  private void check(DataType type, int size, int special) {
    int width = type.widthBytes();
    StatisticsFold fold = new StatisticsFold(type);
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    long nans = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate((size + 1L) * width);
      for (int i = 0; i < size; i++) {
        boolean isSpecial = special < SPECIAL.length && random.nextInt(size) <= 1;
        double value = isSpecial ? SPECIAL[special] : random.nextDouble(-1e30, 1e30);
        if (type == DataType.F64) {
          data.set(Layouts.DOUBLE, width * (i + 1L), value);
        } else {
          value = (float) value;
          data.set(Layouts.FLOAT, width * (i + 1L), (float) value);
        }
        min = value < min ? value : min;
        max = value > max ? value : max;
        nans += Double.isNaN(value) ? 1 : 0;
      }
      fold.values(data, width, size);
    }
    ColumnStatistics known = fold.get();
    String what = size + " of " + type + ", some of them special value " + special;
    assertThat(known.nanCount()).as(what).isEqualTo(nans);
    // Either zero stands for both.
    assertThat(known.minDouble() + 0.0).as(what).isEqualTo(min + 0.0);
    assertThat(known.maxDouble() + 0.0).as(what).isEqualTo(max + 0.0);
  }
}
