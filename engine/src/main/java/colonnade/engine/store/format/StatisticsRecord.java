package colonnade.engine.store.format;

import colonnade.DataType;
import colonnade.engine.store.ColumnStatistics;
import java.nio.ByteBuffer;

/**
 * One block's statistics in 32 little-endian bytes: minimum and maximum (each 8 bytes: f64 for
 * floating point, i64 for everything else), nulls and NaN (each 4), 8 zero bytes kept for a sum.
 */
public final class StatisticsRecord {
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
    out.putInt((int) statistics.nullCount()).putInt((int) statistics.nanCount()).putLong(0);
  }

  /** The statistics in the next 32 bytes; the buffer is little-endian. */
  public static ColumnStatistics get(ByteBuffer in, DataType type) {
    ColumnStatistics none = ColumnStatistics.EMPTY;
    boolean floating = type.isFloating();
    long first = in.getLong();
    long second = in.getLong();
    long nulls = Integer.toUnsignedLong(in.getInt());
    long nans = Integer.toUnsignedLong(in.getInt());
    in.getLong();
    return new ColumnStatistics(
        TableFormat.BLOCK_ROWS,
        nulls,
        nans,
        floating ? none.minLong() : first,
        floating ? none.maxLong() : second,
        floating ? Double.longBitsToDouble(first) : none.minDouble(),
        floating ? Double.longBitsToDouble(second) : none.maxDouble());
  }
}
