package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.plan.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison with a constant comes to in the values' own type: they lie in a closed range,
 * or outside it. A range whose low end is above its high end holds nothing.
 */
sealed interface Range {
  /** Whether values in the range fail and all others, NaN too, pass. */
  boolean outside();

  /** The same range with the other side passing. */
  Range opposite();

  /** What passes both; null if that is no range. */
  @Nullable Range and(Range other);

  /** Integral values; the bounds are within the values' type. */
  record Longs(long low, long high, boolean outside) implements Range {
    static final Longs NOTHING = new Longs(0, -1, false);

    @Override
    public Longs opposite() {
      return new Longs(low, high, !outside);
    }

    @Override
    public @Nullable Range and(Range other) {
      return !outside && other instanceof Longs longs && !longs.outside
          ? new Longs(Math.max(low, longs.low), Math.min(high, longs.high), false)
          : null;
    }

    boolean isEmpty() {
      return low > high;
    }
  }

  /** Floating-point values; for f32 the bounds are exact floats. */
  record Doubles(double low, double high, boolean outside) implements Range {
    static final Doubles NOTHING = new Doubles(1, -1, false);

    @Override
    public Doubles opposite() {
      return new Doubles(low, high, !outside);
    }

    @Override
    public @Nullable Range and(Range other) {
      return !outside && other instanceof Doubles doubles && !doubles.outside
          ? new Doubles(Math.max(low, doubles.low), Math.min(high, doubles.high), false)
          : null;
    }
  }

  /**
   * The range of the {@code type} values {@code x} for which {@code x function constant} holds.
   *
   * @param type integral or floating
   * @param function a comparison other than "same"
   * @param constantType comparable with {@code type}
   */
  static Range of(DataType type, Function function, DataType constantType, Object constant) {
    if (type == DataType.DATE && constantType == DataType.TIMESTAMP_MICROS) {
      return daysAgainstMicros(function, (Long) constant);
    }
    if (type == DataType.TIMESTAMP_MICROS && constantType == DataType.DATE) {
      long days = (Long) constant;
      long micros = days * Calendar.MICROS_PER_DAY;
      return micros / Calendar.MICROS_PER_DAY == days
          ? integers(type, function, micros)
          : integersAgainst(type, function, days < 0 ? -1e300 : 1e300);
    }
    if (type.isFloating()) {
      return constantType.isFloating()
          ? floats(type, function, ((Number) constant).doubleValue(), 0)
          : againstInteger(type, function, ((Number) constant).longValue());
    }
    return constantType.isFloating()
        ? integersAgainst(type, function, ((Number) constant).doubleValue())
        : integers(type, function, FixedWidth.bits(constantType, constant));
  }

  private static Range integers(DataType type, Function function, long c) {
    return switch (function) {
      case LESS -> c == Long.MIN_VALUE ? Longs.NOTHING : clamp(type, Long.MIN_VALUE, c - 1);
      case LESS_OR_EQUAL -> clamp(type, Long.MIN_VALUE, c);
      case GREATER -> c == Long.MAX_VALUE ? Longs.NOTHING : clamp(type, c + 1, Long.MAX_VALUE);
      case GREATER_OR_EQUAL -> clamp(type, c, Long.MAX_VALUE);
      case EQUAL -> clamp(type, c, c);
      default -> clamp(type, c, c).opposite();
    };
  }

  private static Longs clamp(DataType type, long low, long high) {
    long l = Math.max(low, FixedWidth.least(type));
    long h = Math.min(high, FixedWidth.greatest(type));
    return l > h ? Longs.NOTHING : new Longs(l, h, false);
  }

  private static Range integersAgainst(DataType type, Function function, double c) {
    if (Double.isNaN(c)) {
      return function == Function.NOT_EQUAL ? Longs.NOTHING.opposite() : Longs.NOTHING;
    }
    double down = Math.floor(c);
    if (down == c && c >= -0x1p63 && c < 0x1p63) {
      return integers(type, function, (long) c);
    }
    // No integer equals c: it lies between two, or beyond all.
    Longs below = down < -0x1p63 ? Longs.NOTHING : clamp(type, Long.MIN_VALUE, (long) down);
    Longs above =
        down >= 0x1p63
            ? Longs.NOTHING
            : clamp(type, down < -0x1p63 ? Long.MIN_VALUE : (long) down + 1, Long.MAX_VALUE);
    return switch (function) {
      case LESS, LESS_OR_EQUAL -> below;
      case GREATER, GREATER_OR_EQUAL -> above;
      case EQUAL -> Longs.NOTHING;
      default -> Longs.NOTHING.opposite();
    };
  }

  private static Range againstInteger(DataType type, Function function, long c) {
    double near = c;
    return floats(type, function, near, MixedComparison.compare(c, near));
  }

  /**
   * The range for a constant that is {@code c} or, if {@code side} is not 0, lies between {@code c}
   * and the double next to it: above {@code c} if {@code side} is positive.
   */
  private static Range floats(DataType type, Function function, double c, int side) {
    if (Double.isNaN(c)) {
      return function == Function.NOT_EQUAL ? Doubles.NOTHING.opposite() : Doubles.NOTHING;
    }
    double atMost = side < 0 ? Math.nextDown(c) : c;
    double atLeast = side > 0 ? Math.nextUp(c) : c;
    double below = side > 0 ? c : Math.nextDown(c);
    double above = side < 0 ? c : Math.nextUp(c);
    double least = Double.NEGATIVE_INFINITY;
    double greatest = Double.POSITIVE_INFINITY;
    return switch (function) {
      case LESS -> c == least ? Doubles.NOTHING : fit(type, least, below);
      case LESS_OR_EQUAL -> fit(type, least, atMost);
      case GREATER -> c == greatest ? Doubles.NOTHING : fit(type, above, greatest);
      case GREATER_OR_EQUAL -> fit(type, atLeast, greatest);
      case EQUAL -> side == 0 ? fit(type, c, c) : Doubles.NOTHING;
      default -> (side == 0 ? fit(type, c, c) : Doubles.NOTHING).opposite();
    };
  }

  /** The bounds as floats for f32: no float lies between the exact bound and its replacement. */
  private static Doubles fit(DataType type, double low, double high) {
    double l = low;
    double h = high;
    if (type == DataType.F32) {
      float lowest = (float) low;
      l = lowest < low ? Math.nextUp(lowest) : lowest;
      float highest = (float) high;
      h = highest > high ? Math.nextDown(highest) : highest;
    }
    return l > h ? Doubles.NOTHING : new Doubles(l, h, false);
  }

  private static Range daysAgainstMicros(Function function, long c) {
    long down = Math.floorDiv(c, Calendar.MICROS_PER_DAY);
    boolean midnight = down * Calendar.MICROS_PER_DAY == c;
    DataType type = DataType.DATE;
    if (midnight) {
      return integers(type, function, down);
    }
    return switch (function) {
      case LESS, LESS_OR_EQUAL -> clamp(type, Long.MIN_VALUE, down);
      case GREATER, GREATER_OR_EQUAL -> clamp(type, down + 1, Long.MAX_VALUE);
      case EQUAL -> Longs.NOTHING;
      default -> Longs.NOTHING.opposite();
    };
  }
}
