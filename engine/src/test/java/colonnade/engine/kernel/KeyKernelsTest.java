package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keys are made by scalar loops in every implementation. */
class KeyKernelsTest extends LoopTest {
  private final Kernels kernels = Kernels.scalar();

  @Test
  void makesIndexesAndPackedKeysFromDigits() {
    for (DataType type : Sample.INTEGERS) {
      for (int size : Sample.SIZES) {
        Sample s = Sample.of(type, size, arena, random);
        Sample valid = Sample.bits(size, arena, random);
        for (Sample.Rows rows : s.lists(random)) {
          for (int form = 0; form < 4; form++) {
            boolean nulls = (form & 1) != 0;
            boolean add = (form & 2) != 0;
            int[] groups = new int[Sample.BATCH];
            long[] keys = new long[Sample.BATCH];
            java.util.Arrays.fill(groups, 3);
            java.util.Arrays.fill(keys, 3);
            var validity = nulls ? valid.memory() : null;
            ByType.index(
                kernels,
                type,
                s.memory(),
                s.offset(),
                validity,
                valid.offset(),
                rows.list(),
                rows.n(),
                -5,
                7,
                99,
                add,
                groups);
            ByType.pack(
                kernels,
                type,
                s.memory(),
                s.offset(),
                validity,
                valid.offset(),
                rows.list(),
                rows.n(),
                -5,
                4,
                99,
                add,
                keys);
            int[] plain = rows.plain();
            for (int k = 0; k < plain.length; k++) {
              long digit = nulls && !valid.bit(plain[k]) ? 99 : s.longAt(plain[k]) + 5;
              assertThat(groups[k])
                  .as(at(type + " index", size))
                  .isEqualTo((add ? 3 : 0) + (int) digit * 7);
              assertThat(keys[k])
                  .as(at(type + " key", size))
                  .isEqualTo((add ? 3 : 0) + (digit << 4));
            }
          }
        }
      }
    }
  }

  @Test
  void takesAllNaNsAndBothZerosForOneKey() {
    Sample f64 = Sample.of(DataType.F64, 4096, arena, random);
    Sample f32 = Sample.of(DataType.F32, 4096, arena, random);
    long[] wide = new long[4096];
    long[] narrow = new long[4096];
    kernels.bitsF64(f64.memory(), f64.offset(), null, 4096, wide);
    kernels.bitsF32(f32.memory(), f32.offset(), null, 4096, narrow);
    for (int i = 0; i < 4096; i++) {
      double x = f64.doubleAt(i);
      float y = (float) f32.doubleAt(i);
      assertThat(wide[i]).isEqualTo(Double.doubleToLongBits(x == 0 ? 0.0 : x));
      assertThat(narrow[i]).isEqualTo(Float.floatToIntBits(y == 0 ? 0.0f : y) & 0xffffffffL);
    }
  }

  @Test
  void mixesKeysWithoutCollision() {
    long[] keys = new long[4096];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) i << 20;
    }
    kernels.mix(keys, keys.length, keys);
    Set<Long> distinct = new HashSet<>();
    int[] buckets = new int[16];
    for (long hash : keys) {
      distinct.add(hash);
      buckets[(int) (hash >>> 60)]++;
    }
    assertThat(distinct).hasSize(keys.length);
    for (int count : buckets) {
      assertThat(count).isBetween(150, 370);
    }
  }
}
