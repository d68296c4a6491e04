package colonnade.engine.store.array;

import colonnade.DataType;
import colonnade.FlushPolicy;
import colonnade.Mode;
import colonnade.engine.store.Vector;
import colonnade.error.InvalidQueryException;
import colonnade.error.ShapeMismatchException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A mapped file of packed records and nothing else: its length is exactly a whole number of them.
 * Fields are read and written where they lie. Whoever opened it closes it. Safe for all threads in
 * itself; two that touch the same record, one of them writing, must agree among themselves.
 */
public final class RecordFile implements AutoCloseable {
  private final RecordLayout layout;
  private final ArrayFile file;
  private final long rowCount;

  private RecordFile(RecordLayout layout, ArrayFile file, long rowCount) {
    this.layout = layout;
    this.file = file;
    this.rowCount = rowCount;
  }

  /**
   * Makes a file of {@code rowCount} records of zeros with its space on disk, replacing a regular
   * file in its place.
   *
   * @throws InvalidQueryException if there cannot be so many
   * @throws StorageException as {@link ArrayCreator#create} does
   */
  public static RecordFile create(Path path, RecordLayout layout, long rowCount) {
    return new RecordFile(
        layout,
        ArrayCreator.create(layout.bytes(path, rowCount), new byte[0], true, FlushPolicy.atClose()),
        rowCount);
  }

  /**
   * Maps an existing file.
   *
   * @param rowCount the records that it must have; -1 for as many as it has
   * @throws ShapeMismatchException if its length is no whole number of records, or another number
   *     of them
   * @throws StorageException if there is no such file, it is no regular file, or it cannot be
   *     mapped
   * @throws colonnade.error.ReadOnlyException if it may not be written and the mode needs that
   */
  public static RecordFile open(Path path, Mode mode, RecordLayout layout, long rowCount) {
    long rows = checkedRowCount(path, layout, rowCount);
    ArrayFile file = ArrayOpener.open(layout.bytes(path, rows), mode, FlushPolicy.atClose());
    return new RecordFile(layout, file, rows);
  }

  private static long checkedRowCount(Path path, RecordLayout layout, long wanted) {
    long actual;
    try (FileChannel channel = RegularFile.open(path, false)) {
      actual = channel.size();
    } catch (IOException e) {
      throw RegularFile.failure(path, "looked at", e);
    }
    int width = layout.recordBytes();
    long held = actual / width;
    if (actual % width != 0) {
      throw new ShapeMismatchException(
          path.toString(),
          String.format(
              Locale.ROOT,
              "%s is %d bytes, no whole number of records of %d bytes: %s",
              path,
              actual,
              width,
              layout.schema()),
          "The fields are not those of the file (padding is a field too), or it was cut short in"
              + " the middle of a record. The file was not changed.",
          (wanted < 0 ? held : wanted) * width,
          actual);
    }
    if (wanted >= 0 && wanted != held) {
      throw new ShapeMismatchException(
          path.toString(),
          String.format(
              Locale.ROOT, "%s holds %d records of %d bytes, not %d", path, held, width, wanted),
          "It was cut short or grown after it was written, or the fields are not those of the"
              + " file. The file was not changed.",
          wanted * width,
          actual);
    }
    return held;
  }

  /** How a record lies. */
  public RecordLayout layout() {
    return layout;
  }

  /** The mapping and its state. */
  public ArrayFile file() {
    return file;
  }

  /** The number of records. */
  public long rowCount() {
    return rowCount;
  }

  /** One value of an integral type; a boolean is 0 or 1. */
  public long longAt(long row, int field) {
    MemorySegment bytes = file.bytes();
    try {
      return layout.elements(field).longAt(bytes, at(row, field));
    } catch (IllegalStateException | InternalError e) {
      throw file.accessFailure(e);
    }
  }

  /** One value of a numeric type. */
  public double doubleAt(long row, int field) {
    MemorySegment bytes = file.bytes();
    try {
      return layout.elements(field).doubleAt(bytes, at(row, field));
    } catch (IllegalStateException | InternalError e) {
      throw file.accessFailure(e);
    }
  }

  /** A window on the one value of a field in a row. */
  public Vector valueAt(long row, int field) {
    DataType type = layout.schema().type(field);
    return Vector.fixed(type, file.bytes(), at(row, field), null, 0);
  }

  /** Stores one value, which the field must hold exactly. */
  public void put(long row, int field, long value) {
    store(row, field, Ranges.bits(type(field), value, place(field)));
  }

  /** Stores one value: rounded to {@code f32}, a whole number for integers. */
  public void put(long row, int field, double value) {
    store(row, field, Ranges.bits(type(field), value, place(field)));
  }

  private void store(long row, int field, long bits) {
    MemorySegment bytes = file.writableBytes();
    Elements elements = layout.elements(field);
    long at = at(row, field);
    try {
      elements.putLong(bytes, at, bits);
    } catch (IllegalStateException | InternalError e) {
      throw file.accessFailure(e);
    }
    file.wrote(at, at + elements.width(), elements.width());
  }

  /** Copies a field of {@code values.length} integral rows out, from {@code row} on. */
  public void read(long row, int field, long[] values) {
    MemorySegment bytes = file.bytes();
    long at = range(row, field, values.length);
    try {
      layout.elements(field).readLongs(bytes, at, layout.recordBytes(), values, 0, values.length);
    } catch (IllegalStateException | InternalError e) {
      throw file.accessFailure(e);
    }
  }

  /** Copies a field of {@code values.length} numeric rows out, from {@code row} on. */
  public void read(long row, int field, double[] values) {
    MemorySegment bytes = file.bytes();
    Elements elements = layout.elements(field);
    long at = range(row, field, values.length);
    int step = layout.recordBytes();
    try {
      if (elements.type().isFloating()) {
        elements.readDoubles(bytes, at, step, values, 0, values.length);
      } else {
        for (int i = 0; i < values.length; i++) {
          values[i] = elements.longAt(bytes, at + (long) i * step);
        }
      }
    } catch (IllegalStateException | InternalError e) {
      throw file.accessFailure(e);
    }
  }

  /** Stores a field of as many rows as there are values, from {@code row} on. */
  public void write(long row, int field, long[] values) {
    MemorySegment bytes = file.writableBytes();
    long at = range(row, field, values.length);
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Ranges.bits(type(field), values[i], place(field));
    }
    write(bytes, at, field, bits);
  }

  /** As {@link #write(long, int, long[])}; each value is stored as {@link #put} would. */
  public void write(long row, int field, double[] values) {
    MemorySegment bytes = file.writableBytes();
    long at = range(row, field, values.length);
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Ranges.bits(type(field), values[i], place(field));
    }
    write(bytes, at, field, bits);
  }

  private void write(MemorySegment bytes, long at, int field, long[] bits) {
    Elements elements = layout.elements(field);
    try {
      elements.writeLongs(bytes, at, layout.recordBytes(), bits, 0, bits.length);
    } catch (IllegalStateException | InternalError e) {
      throw file.accessFailure(e);
    }
    if (bits.length > 0) {
      long end = at + (bits.length - 1L) * layout.recordBytes() + elements.width();
      file.wrote(at, end, (long) bits.length * elements.width());
    }
  }

  /**
   * Copies a field of {@code count} rows to the start of {@code target}, one value after the other.
   */
  public void copy(long row, int field, int count, MemorySegment target) {
    MemorySegment bytes = file.bytes();
    Elements elements = layout.elements(field);
    try {
      int width = elements.width();
      elements.copy(bytes, range(row, field, count), layout.recordBytes(), target, 0, width, count);
    } catch (IllegalStateException | InternalError e) {
      throw file.accessFailure(e);
    }
  }

  private long range(long row, int field, int count) {
    if (row < 0 || row > rowCount - count) {
      throw new InvalidQueryException(
          place(field),
          String.format(
              Locale.ROOT,
              "rows %d to %d are outside the %d records of %s",
              row,
              row + count,
              rowCount,
              file.layout().place()),
          "Rows count from 0. Nothing was read or written.");
    }
    return count == 0 ? 0 : at(row, field);
  }

  private long at(long row, int field) {
    if (row < 0 || row >= rowCount) {
      throw new InvalidQueryException(
          file.layout().place() + ", row " + row,
          String.format(
              Locale.ROOT,
              "%s has no row %d; it has %d records, from 0",
              file.layout().place(),
              row,
              rowCount),
          "");
    }
    return row * layout.recordBytes() + layout.offsetBytes(field);
  }

  private DataType type(int field) {
    return layout.schema().type(field);
  }

  private String place(int field) {
    return "field '" + layout.schema().name(field) + "' of " + file.layout().place();
  }

  /** What {@code e}, thrown while rows were read, means. */
  public RuntimeException translate(RuntimeException e) {
    return e instanceof IllegalStateException && file.isClosed() ? file.accessFailure(e) : e;
  }

  @Override
  public void close() {
    file.close();
  }
}
