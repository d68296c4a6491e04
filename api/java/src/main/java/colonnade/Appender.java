package colonnade;

import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.Vector;
import colonnade.engine.store.WriteOptions;
import colonnade.error.InvalidQueryException;
import java.lang.reflect.Array;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows at the end of a table, row by row or many at once. A checkpoint, which the {@link
 * FlushPolicy} or {@link #checkpoint()} asks for, makes what was appended so far visible to readers
 * and safe from a crash; {@link #close()} does so with the rest. A crash keeps all rows up to the
 * last checkpoint.
 *
 * <p>Made by {@link Table#create}, {@link Table#append} and {@link Table#appender}. Holds the
 * table's write lock; no other writer gets in until it is closed. Used by one thread at a time.
 */
public final class Appender implements AutoCloseable {
  private static final int BUFFER_ROWS = 4_096;
  private static final long BUFFER_BYTES = 64L << 20;

  private final TableWriter writer;
  private final FlushPolicy policy;
  private final LongSupplier nanoClock;
  private final Runnable afterClose;
  private QueryMemory.Region memory;
  private ColumnBuilder[] buffer;
  private long checkpointNanos;
  private boolean closed;

  Appender(TableWriter writer, WriteOptions options, Runnable afterClose) {
    this.writer = writer;
    this.policy = options.flushPolicy();
    this.nanoClock = options.nanoClock();
    this.afterClose = afterClose;
    this.memory = new QueryMemory(Long.MAX_VALUE).region();
    this.buffer = builders(writer.schema(), memory);
    this.checkpointNanos = nanoClock.getAsLong();
  }

  /** The columns. */
  public Schema schema() {
    return writer.schema();
  }

  /** The rows that the table will have: those that were there and those appended. */
  public long rowCount() {
    return writer.rowCount() + buffered();
  }

  /** The rows that survive a crash now. */
  public long committedRowCount() {
    return writer.committedRowCount();
  }

  /**
   * Appends one row: a value per column, in order. Integers go into integer columns that can hold
   * them and into floating-point ones; {@code LocalDate} or days into date; {@code LocalDateTime},
   * {@code Instant} (as UTC) or microseconds into timestamp; null into all.
   *
   * @throws colonnade.error.TypeMismatchException if a value is of another kind than its column;
   *     the row is not appended then
   * @throws colonnade.error.ComputationException if a column's type cannot hold its value; likewise
   */
  public Appender append(@Nullable Object... row) {
    checkOpen();
    @Nullable Object[] values = row == null ? new @Nullable Object[] {null} : row;
    requireCount(values.length, "values");
    @Nullable Object[] stored = new @Nullable Object[values.length];
    for (int c = 0; c < values.length; c++) {
      stored[c] = ColumnValues.checked(schema().field(c), values[c]);
    }
    for (int c = 0; c < stored.length; c++) {
      ColumnValues.append(buffer[c], stored[c]);
    }
    long uncommitted = rowCount() - committedRowCount();
    boolean due = policy.isDue(uncommitted, nanoClock.getAsLong() - checkpointNanos);
    if (due || buffered() >= BUFFER_ROWS) {
      flush();
    }
    if (due) {
      checkpoint();
    }
    return this;
  }

  /**
   * Appends many rows: an array per column, in order, all of one length. {@code double[]} for f64,
   * {@code String[]} for utf8 and so on; a value that does not fit is an error as in {@link
   * #append}, and no row is appended then.
   */
  public Appender appendColumns(Object... arrays) {
    checkOpen();
    requireCount(arrays.length, "arrays");
    int length = Array.getLength(arrays[0]);
    for (Object array : arrays) {
      if (Array.getLength(array) != length) {
        throw new InvalidQueryException(
            "append",
            "arrays of " + length + " and " + Array.getLength(array) + " values make no rows",
            "All arrays need the same length.");
      }
    }
    for (int c = 0; c < arrays.length; c++) {
      ColumnValues.check(schema().field(c), arrays[c]);
    }
    for (int from = 0; from < length; from += BUFFER_ROWS) {
      int to = Math.min(length, from + BUFFER_ROWS);
      for (int c = 0; c < arrays.length; c++) {
        ColumnValues.append(buffer[c], schema().field(c), arrays[c], from, to);
      }
      flush();
    }
    return this;
  }

  /** Appends the rows of a batch, which has the columns of this table by name and type. */
  public Appender append(Batch batch) {
    checkOpen();
    flush();
    Vector[] vectors = new Vector[schema().size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = batch.vector(schema().name(c));
    }
    writer.write(vectors, batch.rowCount());
    return this;
  }

  /** Makes all rows appended so far visible and safe from a crash and a power cut. */
  public void checkpoint() {
    checkOpen();
    flush();
    writer.checkpoint();
    checkpointNanos = nanoClock.getAsLong();
  }

  /** Forgets what was appended since the last checkpoint, and closes. */
  public void abort() {
    if (!closed) {
      closed = true;
      memory.close();
      writer.abort();
      afterClose.run();
    }
  }

  /** Makes all rows visible and safe, and lets the table go. A second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      flush();
    } catch (RuntimeException e) {
      abort();
      throw e;
    }
    closed = true;
    memory.close();
    try {
      writer.close();
    } finally {
      afterClose.run();
    }
  }

  private int buffered() {
    return buffer.length == 0 || closed ? 0 : buffer[0].rowCount();
  }

  private void flush() {
    int rows = buffered();
    if (rows == 0) {
      return;
    }
    Vector[] vectors = new Vector[buffer.length];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = buffer[c].vector(0);
    }
    writer.write(vectors, rows);
    if (memory.usedBytes() < BUFFER_BYTES) {
      for (ColumnBuilder column : buffer) {
        column.clear();
      }
    } else {
      memory.close();
      memory = new QueryMemory(Long.MAX_VALUE).region();
      buffer = builders(schema(), memory);
    }
  }

  private void requireCount(int count, String what) {
    if (count != schema().size()) {
      throw new InvalidQueryException(
          "append",
          count + " " + what + " for a table of " + schema().size() + " columns",
          "Give one for each column: " + schema());
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new colonnade.error.ClosedException(
          "appender", "the appender is closed", "Open another with Table.append(path).");
    }
  }

  private static ColumnBuilder[] builders(Schema schema, QueryMemory.Region memory) {
    ColumnBuilder[] builders = new ColumnBuilder[schema.size()];
    for (int c = 0; c < builders.length; c++) {
      builders[c] = new ColumnBuilder(schema.type(c), memory);
    }
    return builders;
  }
}
