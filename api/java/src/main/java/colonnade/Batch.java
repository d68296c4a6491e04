package colonnade;

import colonnade.engine.exec.MemoryTable;
import colonnade.engine.store.Vector;
import colonnade.error.CorruptColumnException;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive rows of a result, handed to {@link Frame#forEachBatch}: columns as Java arrays, or
 * one {@link Row} at a time. Valid until the consumer returns; the arrays are copies and stay. Not
 * for several threads at once.
 *
 * <p>In the arrays of numbers a null is 0, or NaN in {@link #f64s}; {@link #nulls} tells them
 * apart. A page of a mapped file that cannot be read is a {@link CorruptColumnException}.
 */
public final class Batch {
  private final Schema schema;
  private final MemoryTable.Rows rows;
  private final long firstRow;

  Batch(Schema schema, MemoryTable.Rows rows, long firstRow) {
    this.schema = schema;
    this.rows = rows;
    this.firstRow = firstRow;
  }

  /** The columns. */
  public Schema schema() {
    return schema;
  }

  /** The number of rows. */
  public int rowCount() {
    return rows.rowCount();
  }

  /** The number in the whole result of the first row. */
  public long firstRow() {
    return firstRow;
  }

  /** Row {@code index}, counted from the batch's first. */
  public Row row(int index) {
    java.util.Objects.checkIndex(index, rows.rowCount());
    return new Row(schema, column -> new Row.Cell(rows.vectors()[column], index), firstRow + index);
  }

  /**
   * The values in memory as the engine holds them; for bridges. Valid as long as the batch. Who
   * reads them may meet an {@link InternalError} where a mapped file was cut, as text lies in its
   * column's dictionary.
   */
  public Vector vector(String column) {
    return rows.vectors()[schema.indexOf(column)];
  }

  /** Which rows of the column are null. */
  public boolean[] nulls(String column) {
    Vector vector = vector(column);
    boolean[] nulls = new boolean[rowCount()];
    try {
      for (int i = 0; i < nulls.length; i++) {
        nulls[i] = vector.isNull(i);
      }
    } catch (InternalError e) {
      throw unreadable(column, e);
    }
    return nulls;
  }

  /** The values of a column of numbers, widened to double; NaN where null. */
  public double[] f64s(String column) {
    Vector vector = numeric(column, "f64s", schema.field(column).type().isNumeric());
    double[] values = new double[rowCount()];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = vector.isNull(i) ? Double.NaN : vector.doubleAt(i);
      }
    } catch (InternalError e) {
      throw unreadable(column, e);
    }
    return values;
  }

  /**
   * The values of a column of integers, booleans (0, 1), dates (days) or timestamps (microseconds);
   * 0 where null.
   */
  public long[] i64s(String column) {
    Vector vector = numeric(column, "i64s", schema.field(column).type().isIntegral());
    long[] values = new long[rowCount()];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = vector.isNull(i) ? 0 : vector.longAt(i);
      }
    } catch (InternalError e) {
      throw unreadable(column, e);
    }
    return values;
  }

  /** The values of a column of text; null where null. */
  public @Nullable String[] texts(String column) {
    Vector vector = numeric(column, "texts", schema.field(column).type() == DataType.UTF8);
    @Nullable String[] values = new @Nullable String[rowCount()];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = vector.isNull(i) ? null : vector.textAt(i);
      }
    } catch (InternalError e) {
      throw unreadable(column, e);
    }
    return values;
  }

  private CorruptColumnException unreadable(String column, InternalError e) {
    String numbers = "rows " + firstRow + " to " + (firstRow + rowCount() - 1);
    return Values.unreadable(column, numbers, e);
  }

  private Vector numeric(String column, String reader, boolean fits) {
    if (!fits) {
      throw Values.wrongReader(schema.field(column), reader);
    }
    return vector(column);
  }
}
