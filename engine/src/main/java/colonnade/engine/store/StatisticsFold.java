package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Minimum, maximum, NaN count and order of rows that pass by, read from the writer's own buffers
 * right after they were filled, while they are in the cache. Not thread-safe.
 */
final class StatisticsFold {
  private static final int FLOAT_INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
  private static final long DOUBLE_INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  private final DataType type;
  private long rowCount;
  private long nullCount;
  private long nanCount;
  private long minLong = Long.MAX_VALUE;
  private long maxLong = Long.MIN_VALUE;
  private double minDouble = Double.POSITIVE_INFINITY;
  private double maxDouble = Double.NEGATIVE_INFINITY;
  private boolean ascending = true;
  private boolean descending = true;

  StatisticsFold(DataType type) {
    this.type = type;
  }

  /** Counts rows and the nulls among them; their values come by {@link #values}. */
  void rows(int rows, int nulls) {
    rowCount += rows;
    nullCount += nulls;
    ascending &= nulls == 0;
    descending &= nulls == 0;
  }

  /** Folds {@code n} values, none of them null. */
  void values(MemorySegment data, long offset, int n) {
    if (n == 0) {
      return;
    }
    ascending = ascending && Neighbours.areInOrder(type, data, offset, n, false);
    descending = descending && Neighbours.areInOrder(type, data, offset, n, true);
    switch (type) {
      case I8 -> bytes(data, offset, n);
      case U8, BOOL -> unsignedBytes(data, offset, n);
      case I16 -> shorts(data, offset, n);
      case U16 -> unsignedShorts(data, offset, n);
      case I32, DATE -> ints(data, offset, n);
      case U32 -> unsignedInts(data, offset, n);
      case I64, TIMESTAMP_MICROS -> longs(data, offset, n);
      case F32 -> floats(data, offset, n);
      case F64 -> doubles(data, offset, n);
      case UTF8, BINARY -> {}
    }
  }

  /** Folds the value at {@code offset} as often as {@code times}, at least once. */
  void repeated(MemorySegment data, long offset, int times) {
    values(data, offset, 1);
    forget(data, offset, 1 - times);
  }

  /** Takes back that the value at {@code offset} was folded {@code times} times too often. */
  void forget(MemorySegment data, long offset, int times) {
    boolean isNaN =
        type == DataType.F64
            ? Double.isNaN(data.get(Layouts.DOUBLE, offset))
            : type == DataType.F32 && Float.isNaN(data.get(Layouts.FLOAT, offset));
    nanCount -= isNaN ? times : 0;
  }

  /** Folds the first {@code n} integers, of which the least and the greatest are known. */
  void integers(long[] values, int n, long min, long max) {
    order(values, n);
    range(min, max);
  }

  /**
   * Folds doubles, none of them NaN, of which the least and the greatest are known.
   *
   * @param numbers integers that are in the same order
   */
  void reals(long[] numbers, int n, double min, double max) {
    order(numbers, n);
    range(min, max, 0);
  }

  /** Folds booleans of which is known whether they rise or fall nowhere. */
  void truths(int min, int max, boolean neverFall, boolean neverRise) {
    ascending &= neverFall;
    descending &= neverRise;
    range(min, max);
  }

  private void order(long[] values, int n) {
    ascending = ascending && Neighbours.areInOrder(values, n, false);
    descending = descending && Neighbours.areInOrder(values, n, true);
  }

  private void range(long min, long max) {
    ascending &= min >= maxLong;
    descending &= max <= minLong;
    minLong = Math.min(minLong, min);
    maxLong = Math.max(maxLong, max);
  }

  private void bytes(MemorySegment data, long offset, int n) {
    int min = Byte.MAX_VALUE;
    int max = Byte.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      int v = data.get(JAVA_BYTE, offset + i);
      min = Math.min(min, v);
      max = Math.max(max, v);
    }
    range(min, max);
  }

  private void unsignedBytes(MemorySegment data, long offset, int n) {
    int min = 255;
    int max = 0;
    for (int i = 0; i < n; i++) {
      int v = data.get(JAVA_BYTE, offset + i) & 0xff;
      min = Math.min(min, v);
      max = Math.max(max, v);
    }
    range(min, max);
  }

  private void shorts(MemorySegment data, long offset, int n) {
    int min = Short.MAX_VALUE;
    int max = Short.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      int v = data.get(Layouts.SHORT, offset + 2L * i);
      min = Math.min(min, v);
      max = Math.max(max, v);
    }
    range(min, max);
  }

  private void unsignedShorts(MemorySegment data, long offset, int n) {
    int min = 0xffff;
    int max = 0;
    for (int i = 0; i < n; i++) {
      int v = data.get(Layouts.SHORT, offset + 2L * i) & 0xffff;
      min = Math.min(min, v);
      max = Math.max(max, v);
    }
    range(min, max);
  }

  private void ints(MemorySegment data, long offset, int n) {
    int min = Integer.MAX_VALUE;
    int max = Integer.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      int v = data.get(Layouts.INT, offset + 4L * i);
      min = Math.min(min, v);
      max = Math.max(max, v);
    }
    range(min, max);
  }

  private void unsignedInts(MemorySegment data, long offset, int n) {
    // Flipping the sign bit turns unsigned order into signed order.
    int min = Integer.MAX_VALUE;
    int max = Integer.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      int v = data.get(Layouts.INT, offset + 4L * i) ^ Integer.MIN_VALUE;
      min = Math.min(min, v);
      max = Math.max(max, v);
    }
    range(
        Integer.toUnsignedLong(min ^ Integer.MIN_VALUE),
        Integer.toUnsignedLong(max ^ Integer.MIN_VALUE));
  }

  private void longs(MemorySegment data, long offset, int n) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      long v = data.get(Layouts.LONG, offset + 8L * i);
      min = Math.min(min, v);
      max = Math.max(max, v);
    }
    range(min, max);
  }

  private void floats(MemorySegment data, long offset, int n) {
    int min = Integer.MAX_VALUE;
    int max = Integer.MIN_VALUE;
    int aboveInfinity = 0;
    for (int i = 0; i < n; i++) {
      int bits = data.get(Layouts.INT, offset + 4L * i);
      int key = bits ^ bits >> 31 >>> 1;
      min = Math.min(min, key);
      max = Math.max(max, key);
      aboveInfinity |= FLOAT_INFINITY - (bits & Integer.MAX_VALUE);
    }
    if (aboveInfinity < 0) {
      floatsWithNan(data, offset, n);
    } else {
      range(
          Float.intBitsToFloat(min ^ min >> 31 >>> 1),
          Float.intBitsToFloat(max ^ max >> 31 >>> 1),
          0);
    }
  }

  private void floatsWithNan(MemorySegment data, long offset, int n) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    int nans = 0;
    for (int i = 0; i < n; i++) {
      float v = data.get(Layouts.FLOAT, offset + 4L * i);
      // A comparison with NaN is false, so NaN changes neither.
      min = v < min ? v : min;
      max = v > max ? v : max;
      nans += Float.isNaN(v) ? 1 : 0;
    }
    range(min, max, nans);
  }

  /**
   * Folds doubles as longs in the same order, of which the compiler makes vector code: 0.06 instead
   * of 0.44 ns a value. Only where there is no NaN, whose bits without the sign are greater than
   * infinity's.
   */
  private void doubles(MemorySegment data, long offset, int n) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    long aboveInfinity = 0;
    for (int i = 0; i < n; i++) {
      long bits = data.get(Layouts.LONG, offset + 8L * i);
      long key = bits ^ bits >> 63 >>> 1;
      min = Math.min(min, key);
      max = Math.max(max, key);
      aboveInfinity |= DOUBLE_INFINITY - (bits & Long.MAX_VALUE);
    }
    if (aboveInfinity < 0) {
      doublesWithNan(data, offset, n);
    } else {
      range(
          Double.longBitsToDouble(min ^ min >> 63 >>> 1),
          Double.longBitsToDouble(max ^ max >> 63 >>> 1),
          0);
    }
  }

  private void doublesWithNan(MemorySegment data, long offset, int n) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int nans = 0;
    for (int i = 0; i < n; i++) {
      double v = data.get(Layouts.DOUBLE, offset + 8L * i);
      min = v < min ? v : min;
      max = v > max ? v : max;
      nans += Double.isNaN(v) ? 1 : 0;
    }
    range(min, max, nans);
  }

  private void range(double min, double max, int nans) {
    ascending &= min >= maxDouble && !(nanCount > 0 && min <= max);
    descending &= max <= minDouble && !(nans > 0 && minDouble <= maxDouble);
    nanCount += nans;
    minDouble = Math.min(minDouble, min);
    maxDouble = Math.max(maxDouble, max);
  }

  /** What was folded since the start or the last reset. */
  ColumnStatistics get() {
    return new ColumnStatistics(
        rowCount,
        nullCount,
        nanCount,
        minLong,
        maxLong,
        minDouble,
        maxDouble,
        type.isVariable() ? Sortedness.UNKNOWN : Sortedness.of(ascending, descending));
  }

  /** Goes on from these statistics. */
  void resume(ColumnStatistics known) {
    rowCount = known.rowCount();
    nullCount = known.nullCount();
    nanCount = known.nanCount();
    minLong = known.minLong();
    maxLong = known.maxLong();
    minDouble = known.minDouble();
    maxDouble = known.maxDouble();
    ascending = known.sorted().isAscending();
    descending = known.sorted().isDescending();
  }

  /** Forgets everything. */
  void reset() {
    resume(ColumnStatistics.EMPTY);
  }
}
