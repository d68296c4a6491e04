package colonnade;

import colonnade.engine.exec.RecordSource;
import colonnade.engine.observe.WriteReport;
import colonnade.engine.store.Vector;
import colonnade.engine.store.array.RecordFile;
import colonnade.engine.store.array.RecordLayout;
import colonnade.engine.store.array.RecordWriter;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of packed records, mapped: what a {@code numpy.memmap} of a structured dtype is. The
 * caller names the fields, the file holds nothing but records: little-endian, field after field,
 * without padding or header. {@link #frame} reads them as a table whose columns are the fields.
 *
 * <pre>{@code
 * var fields = Schema.of("key", I64, "time", U16, "flags", U16, "id", I32);    // 16 bytes each
 * try (var records = MappedRecords.open("table.dat", Mode.READ_WRITE, fields)) {
 *   long key = records.getLong(5, "key");
 *   records.set(5, "flags", 3);
 *   records.frame().filter(col("flags").ge(2)).groupBy("time").aggregate(count()).show();
 * }
 * }</pre>
 *
 * <p>Every type of fixed width can be a field. There is no unsigned 64-bit type: such a key is an
 * i64 of the same bits, as in {@link Long#toUnsignedString}. A record of a C program with padding
 * has fields for it. Records have no nulls.
 *
 * <p><b>Not crash-safe</b>: writes go in place, as in a {@link MappedArray}, and after a power cut
 * each page is the old or the new one. Stores at random places make the system write whole pages,
 * once for each {@link #flush} between; store in the order of rows, or use a {@link KeyedTable}.
 *
 * <p>Whoever opened it closes it, which unmaps the file; every access after that is a {@link
 * colonnade.error.ClosedException}. Several threads may use it; those that touch the same record
 * agree among themselves. No lock is taken: two processes that write the same file must agree too.
 */
public final class MappedRecords implements AutoCloseable {
  private final RecordFile file;
  private final RecordSource source;

  private MappedRecords(RecordFile file) {
    this.file = file;
    this.source = new RecordSource(file);
  }

  /**
   * Creates a file of {@code rowCount} records of zeros in {@link Mode#CREATE}, with its space on
   * disk, and maps it for writing. A regular file in its place is replaced.
   *
   * @throws TypeMismatchException if a field has no fixed width
   * @throws colonnade.error.StorageException if the disk is full, something else is in its place,
   *     or the system refuses
   */
  public static MappedRecords create(Path path, Schema fields, long rowCount) {
    RecordLayout layout = new RecordLayout(path.toString(), fields);
    return new MappedRecords(RecordFile.create(path, layout, rowCount));
  }

  /** As {@link #create(Path, Schema, long)}. */
  public static MappedRecords create(String path, Schema fields, long rowCount) {
    return create(Path.of(path), fields, rowCount);
  }

  /**
   * Maps an existing file of as many records as it has.
   *
   * @throws colonnade.error.ShapeMismatchException if its length is no whole number of records; it
   *     is never grown
   * @throws colonnade.error.StorageException if there is no such file, it is a link, pipe or
   *     device, or the system refuses
   * @throws colonnade.error.ReadOnlyException if the mode needs permission to write, and there is
   *     none
   * @throws InvalidQueryException for {@link Mode#CREATE}, which needs a number of records
   */
  public static MappedRecords open(Path path, Mode mode, Schema fields) {
    if (mode == Mode.CREATE) {
      throw new InvalidQueryException(
          path.toString(),
          "a file of records to be created needs their number",
          "Use MappedRecords.create(path, fields, rowCount).");
    }
    RecordLayout layout = new RecordLayout(path.toString(), fields);
    return new MappedRecords(RecordFile.open(path, mode, layout, -1));
  }

  /** As {@link #open(Path, Mode, Schema)}. */
  public static MappedRecords open(String path, Mode mode, Schema fields) {
    return open(Path.of(path), mode, fields);
  }

  /**
   * As {@link #open(Path, Mode, Schema)}, of exactly {@code rowCount} records; {@link Mode#CREATE}
   * creates the file.
   *
   * @throws colonnade.error.ShapeMismatchException if it has more or fewer
   */
  public static MappedRecords open(Path path, Mode mode, Schema fields, long rowCount) {
    if (mode == Mode.CREATE) {
      return create(path, fields, rowCount);
    }
    if (rowCount < 0) {
      throw new InvalidQueryException(
          path.toString(), rowCount + " records for " + path + " are negative", "Give 0 or more.");
    }
    RecordLayout layout = new RecordLayout(path.toString(), fields);
    return new MappedRecords(RecordFile.open(path, mode, layout, rowCount));
  }

  /** As {@link #open(Path, Mode, Schema, long)}. */
  public static MappedRecords open(String path, Mode mode, Schema fields, long rowCount) {
    return open(Path.of(path), mode, fields, rowCount);
  }

  /**
   * Runs {@code frame} and writes its rows as records whose fields are its columns, in order.
   * Replaces the file at {@code path} at the end, whole and durable; until then it is as it was.
   * Returns the number of records.
   *
   * @throws TypeMismatchException if a column has no fixed width, before anything runs
   * @throws colonnade.error.ComputationException if a value is null
   * @throws colonnade.error.StorageException if the disk is full or the system refuses
   */
  public static long write(Frame frame, Path path) {
    Schema fields = frame.schema();
    RecordLayout layout = new RecordLayout(path.toString(), fields);
    try (RecordWriter writer = RecordWriter.create(path, layout)) {
      frame.forEachBatch(batch -> {
        Vector[] vectors = new Vector[fields.size()];
        for (int f = 0; f < vectors.length; f++) {
          vectors[f] = batch.vector(fields.name(f));
        }
        writer.append(vectors, batch.rowCount());
      });
      return writer.finish();
    }
  }

  /** As {@link #write(Frame, Path)}. */
  public static long write(Frame frame, String path) {
    return write(frame, Path.of(path));
  }

  /** The file. */
  public Path path() {
    return file.file().layout().path();
  }

  /** The names and types of the fields, in order. */
  public Schema schema() {
    return file.layout().schema();
  }

  /** How the file was opened. */
  public Mode mode() {
    return file.file().mode();
  }

  /** The number of records. */
  public long rowCount() {
    return file.rowCount();
  }

  /** Bytes of one record: the sum of the fields' widths. */
  public int recordBytes() {
    return file.layout().recordBytes();
  }

  /** Bytes from the start of a record to a field. */
  public int offsetBytes(String field) {
    return file.layout().offsetBytes(schema().indexOf(field));
  }

  /**
   * The records as rows, for all that frames can do. Reads the file when an action runs, so that it
   * sees what was stored before; valid until this is closed.
   */
  public Frame frame() {
    file.file().bytes();
    return Frame.of(source);
  }

  /** One record; a view, so that it shows what is stored later. */
  public Row row(long row) {
    file.valueAt(row, 0);
    return new Row(schema(), field -> new Row.Cell(file.valueAt(row, field), 0), row);
  }

  /** A number of any type but i64, whose values a double may not hold exactly. */
  public double get(long row, String field) {
    Field f = schema().field(field);
    if (!f.type().isNumeric() || f.type() == DataType.I64) {
      throw Values.wrongReader(f, "get");
    }
    return file.doubleAt(row, schema().indexOf(field));
  }

  /** An integer of any type, a date (days), a timestamp (microseconds) or a boolean (0 or 1). */
  public long getLong(long row, String field) {
    return file.longAt(row, integral(field, "getLong"));
  }

  /**
   * Stores a number: rounded to the nearest {@code f32}; for integers it must be a whole number in
   * range.
   *
   * @throws colonnade.error.ReadOnlyException if the file was opened to be read
   * @throws colonnade.error.ComputationException if the field cannot hold it
   */
  public void set(long row, String field, double value) {
    file.put(row, schema().indexOf(field), value);
  }

  /**
   * Stores an integer, days of a date, microseconds of a timestamp or a boolean (0 or 1), which the
   * field must hold exactly.
   */
  public void set(long row, String field, long value) {
    file.put(row, schema().indexOf(field), value);
  }

  /**
   * Stores a whole record: a value for each field, in order, of the Java types that {@link
   * Appender#append} takes. Nothing is stored if one does not fit.
   *
   * @throws TypeMismatchException if a value is null, or of another kind than its field
   */
  public void setRow(long row, @Nullable Object... values) {
    if (values.length != schema().size()) {
      throw new InvalidQueryException(
          path() + ", row " + row,
          values.length + " values for records of " + schema().size() + " fields",
          "Give one for each field: " + schema());
    }
    @Nullable Object[] stored = new @Nullable Object[values.length];
    for (int f = 0; f < stored.length; f++) {
      stored[f] = ColumnValues.checked(schema().field(f), values[f]);
      if (stored[f] == null) {
        throw new TypeMismatchException(
            "field '" + schema().name(f) + "' of " + path(),
            "records have no nulls; field '" + schema().name(f) + "' needs a value",
            "Choose a value that means that there is none, or use a table.");
      }
    }
    for (int f = 0; f < stored.length; f++) {
      switch (stored[f]) {
        case Long integer -> file.put(row, f, integer);
        case Double floating -> file.put(row, f, floating);
        case null, default -> throw new IllegalStateException("not checked: " + stored[f]);
      }
    }
  }

  /** A field of all records as an array, as {@link #getLong} reads it. */
  public long[] toLongs(String field) {
    return toLongs(field, 0, rowCount());
  }

  /** A field of rows {@code [from, to)} as an array, as {@link #getLong} reads it. */
  public long[] toLongs(String field, long from, long to) {
    int f = integral(field, "toLongs");
    long[] values = new long[length(from, to)];
    file.read(from, f, values);
    return values;
  }

  /** A field of all records as an array, as {@link #get} reads it. */
  public double[] toDoubles(String field) {
    return toDoubles(field, 0, rowCount());
  }

  /** A field of rows {@code [from, to)} as an array, as {@link #get} reads it. */
  public double[] toDoubles(String field, long from, long to) {
    Field f = schema().field(field);
    if (!f.type().isNumeric() || f.type() == DataType.I64) {
      throw Values.wrongReader(f, "toDoubles");
    }
    double[] values = new double[length(from, to)];
    file.read(from, schema().indexOf(field), values);
    return values;
  }

  /** Stores a field of as many records as there are values, from row {@code from} on. */
  public void assign(String field, long from, long[] values) {
    file.write(from, schema().indexOf(field), values);
  }

  /** Stores a field of as many records as there are values, from row {@code from} on. */
  public void assign(String field, long from, double[] values) {
    file.write(from, schema().indexOf(field), values);
  }

  private int integral(String field, String reader) {
    Field f = schema().field(field);
    if (!f.type().isIntegral()) {
      throw Values.wrongReader(f, reader);
    }
    return schema().indexOf(field);
  }

  private int length(long from, long to) {
    long length = to - from;
    if (from < 0 || to > rowCount() || length < 0 || length > Integer.MAX_VALUE - 8) {
      throw new InvalidQueryException(
          path().toString(),
          String.format(
              Locale.ROOT,
              "rows %d to %d of the %d records of %s make no array",
              from,
              to,
              rowCount(),
              path()),
          "Rows count from 0; an array holds up to 2^31 of them.");
    }
    return (int) length;
  }

  /**
   * Makes all that was stored durable: one sync for each run of written pages.
   *
   * @throws colonnade.error.ReadOnlyException in {@link Mode#READ_ONLY} and in {@link
   *     Mode#COPY_ON_WRITE}, which keeps nothing
   * @throws colonnade.error.StorageException if the disk refuses; the file's contents are then
   *     unknown, and no later flush succeeds
   */
  public void flush() {
    file.file().flush();
  }

  /**
   * What the last flush that had anything to write wrote, be it asked for or by policy: bytes
   * stored, pages they lie in, bytes that the system wrote. Empty before the first.
   */
  public Optional<WriteReport> lastFlush() {
    return file.file().lastFlush();
  }

  /** Whether the file is closed. */
  public boolean isClosed() {
    return file.file().isClosed();
  }

  /** Flushes what a file opened for writing has not flushed yet, and unmaps it. */
  @Override
  public void close() {
    file.close();
  }

  /** Fields, number, file and mode; no values. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "MappedRecords %s: %,d of %s (%s%s)",
        path(),
        rowCount(),
        schema(),
        mode(),
        isClosed() ? ", closed" : "");
  }
}
