package colonnade.engine.exec.expr;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.NumberCode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Ranges of codes keep exactly the codes whose values the range of values keeps. */
class CodeRangeTest {
  private static final long SEED = Long.getLong("seed", 40_417);

  private final SplittableRandom random = new SplittableRandom(SEED);

  private static boolean keeps(CodeRange range, long code) {
    return (code >= range.low() && code <= range.high()) != range.outside();
  }

  @Test
  void keepsTheSameIntegers() {
    for (long base : new long[] {0, -128, 1000, Long.MIN_VALUE, Long.MAX_VALUE - 255}) {
      NumberCode code = new NumberCode(base, 0);
      for (int trial = 0; trial < 300; trial++) {
        Range.Longs range = new Range.Longs(bound(base), bound(base), random.nextBoolean());
        CodeRange codes = CodeRange.of(range, code, 1);
        for (long c = 0; c <= 255; c++) {
          long x = base + c;
          assertThat(keeps(codes, c))
              .as("%d in %s, seed %d", x, range, SEED)
              .isEqualTo((x >= range.low() && x <= range.high()) != range.outside());
        }
      }
    }
  }

  private long bound(long base) {
    return switch (random.nextInt(6)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> random.nextLong();
      default -> {
        long near = base + random.nextInt(-20, 280);
        yield random.nextBoolean() ? near : Math.max(near, base);
      }
    };
  }

  @Test
  void keepsTheSameDoubles() {
    for (int decimals : new int[] {0, 1, 2, 15}) {
      for (long base : new long[] {0, -128, 99_999, -(1L << 51)}) {
        NumberCode code = new NumberCode(base, decimals);
        for (int trial = 0; trial < 100; trial++) {
          Range.Doubles range = new Range.Doubles(bound(code), bound(code), random.nextBoolean());
          CodeRange codes = CodeRange.of(range, code, trial % 2 + 1);
          for (long c = 0; c <= codes.greatest(); c += 1 + random.nextInt(1 + (int) c / 64)) {
            double x = code.doubleOf(c);
            assertThat(keeps(codes, c))
                .as("%s in %s, seed %d", x, range, SEED)
                .isEqualTo((x >= range.low() && x <= range.high()) != range.outside());
          }
        }
      }
    }
  }

  private double bound(NumberCode code) {
    double near = code.doubleOf(random.nextInt(-5, 300));
    return switch (random.nextInt(8)) {
      case 0 -> Double.NEGATIVE_INFINITY;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Math.nextUp(near);
      case 3 -> Math.nextDown(near);
      case 4 -> -0.0;
      default -> near;
    };
  }
}
