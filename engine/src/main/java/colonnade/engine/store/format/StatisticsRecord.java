package colonnade.engine.store.format;

import colonnade.DataType;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Sortedness;
import java.nio.ByteBuffer;

/**
 * One block's statistics in 32 little-endian bytes: minimum and maximum (each 8 bytes: f64 for
 * floating point, i64 for everything else), nulls (3), order (1: bit 0 ascending, bit 1
 * descending), NaN (4), 8 zero bytes kept for a sum.
 */
public final class StatisticsRecord {
  /** A block has fewer nulls than 2^24. */
  private static final int ORDER_SHIFT = 24;

  private StatisticsRecord() {}

  /**
   * Puts the record of a complete block of a column of {@code type}; the buffer is little-endian.
   */
  public static void put(ByteBuffer out, DataType type, ColumnStatistics statistics) {
    if (type.isFloating()) {
      out.putDouble(statistics.minDouble()).putDouble(statistics.maxDouble());
    } else {
      out.putLong(statistics.minLong()).putLong(statistics.maxLong());
    }
    Sortedness sorted = statistics.sorted();
    int order = (sorted.isAscending() ? 1 : 0) | (sorted.isDescending() ? 2 : 0);
    out.putInt((int) statistics.nullCount() | order << ORDER_SHIFT);
    out.putInt((int) statistics.nanCount()).putLong(0);
  }

  /** The statistics in the next 32 bytes; the buffer is little-endian. */
  public static ColumnStatistics get(ByteBuffer in, DataType type) {
    ColumnStatistics none = ColumnStatistics.EMPTY;
    boolean floating = type.isFloating();
    long first = in.getLong();
    long second = in.getLong();
    int nullsAndOrder = in.getInt();
    int order = nullsAndOrder >>> ORDER_SHIFT;
    long nulls = nullsAndOrder & (1 << ORDER_SHIFT) - 1;
    long nans = Integer.toUnsignedLong(in.getInt());
    in.getLong();
    return new ColumnStatistics(
        TableFormat.BLOCK_ROWS,
        nulls,
        nans,
        floating ? none.minLong() : first,
        floating ? none.maxLong() : second,
        floating ? Double.longBitsToDouble(first) : none.minDouble(),
        floating ? Double.longBitsToDouble(second) : none.maxDouble(),
        nulls > 0 || type.isVariable()
            ? Sortedness.UNKNOWN
            : Sortedness.of((order & 1) != 0, (order & 2) != 0));
  }
}
