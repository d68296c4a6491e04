package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;

/**
 * A change of type between numbers, booleans, dates and timestamps. Fractions are cut off; what
 * lies outside the new type is null or an error.
 */
final class NumberCast extends FixedResult {
  private final BoundExpression input;
  private final DataType from;
  private final boolean lenient;
  private final String text;
  private final long least;
  private final long greatest;
  private final long[] results;

  /**
   * A change to {@code to}.
   *
   * @param input of 64-bit integers or f64
   * @param from the type before it was widened
   */
  NumberCast(
      BoundExpression input,
      DataType from,
      DataType to,
      boolean lenient,
      String text,
      Worker worker) {
    super(to, worker);
    this.input = input;
    this.from = from;
    this.lenient = lenient;
    this.text = text;
    this.least = FixedWidth.least(to);
    this.greatest = FixedWidth.greatest(to);
    this.results = new long[worker.batchRows()];
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector values = input.evaluate(batch, rows);
    validity.and(values);
    DataType to = type();
    boolean floating = from.isFloating();
    int[] list = rows.listOrNull();
    int n = rows.count();
    for (int k = 0; k < n; k++) {
      int i = list == null ? k : list[k];
      long at = values.dataOffset() + 8L * i;
      results[k] =
          floating
              ? fromDouble(values.data().get(JAVA_DOUBLE_UNALIGNED, at), to, batch, i)
              : fromLong(values.data().get(JAVA_LONG_UNALIGNED, at), to, batch, i);
    }
    FixedWidthLoops.store(results, to.widthBytes(), list, n, data);
  }

  private long fromLong(long x, DataType to, Batch batch, int row) {
    if (to == DataType.F32) {
      return Float.floatToRawIntBits((float) x);
    }
    if (to == DataType.BOOL) {
      return x != 0 ? 1 : 0;
    }
    long moved = x;
    if (from == DataType.TIMESTAMP_MICROS && to == DataType.DATE) {
      moved = Math.floorDiv(x, Calendar.MICROS_PER_DAY);
    } else if (from == DataType.DATE && to == DataType.TIMESTAMP_MICROS) {
      moved = x * Calendar.MICROS_PER_DAY;
      if (moved / Calendar.MICROS_PER_DAY != x) {
        return fail(Long.toString(x), batch, row);
      }
    }
    return moved >= least && moved <= greatest ? moved : fail(Long.toString(x), batch, row);
  }

  private long fromDouble(double x, DataType to, Batch batch, int row) {
    if (to == DataType.F32) {
      float narrow = (float) x;
      return Float.isInfinite(narrow) && !Double.isInfinite(x)
          ? fail(Double.toString(x), batch, row)
          : Float.floatToRawIntBits(narrow);
    }
    if (to == DataType.BOOL) {
      return x != 0 ? 1 : 0;
    }
    double whole = Rounding.truncate(x);
    boolean fits =
        whole >= least && (greatest == Long.MAX_VALUE ? whole < 0x1p63 : whole <= greatest);
    return fits ? (long) whole : fail(Double.toString(x), batch, row);
  }

  private long fail(String value, Batch batch, int row) {
    if (!validity.isNull(row)) {
      if (!lenient) {
        throw Failures.cast(text, value, type(), batch, row);
      }
      validity.setNull(row);
    }
    return 0;
  }
}
