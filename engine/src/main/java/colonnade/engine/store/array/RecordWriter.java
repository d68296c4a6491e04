package colonnade.engine.store.array;

import colonnade.Field;
import colonnade.engine.store.PlainNumbers;
import colonnade.engine.store.Vector;
import colonnade.error.ComputationException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes a new file of packed records from columns, from its start to its end. The file is in its
 * place, whole and durable, once {@link #finish} has returned; until then what was there stays as
 * it is, and closing leaves no trace. Used by one thread at a time.
 */
public final class RecordWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path path;
  private final RecordLayout layout;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer;
  private final int bufferRows;
  private final UnfinishedFile file;
  private long rowCount;

  private RecordWriter(Path path, RecordLayout layout, UnfinishedFile file) {
    this.path = path;
    this.layout = layout;
    this.file = file;
    this.bufferRows = Math.max(1, BUFFER_BYTES / layout.recordBytes());
    this.buffer = arena.allocate((long) bufferRows * layout.recordBytes(), 64);
  }

  /**
   * Begins a file that is to be at {@code path}.
   *
   * @throws colonnade.error.StorageException if something that is no regular file is there, or the
   *     system refuses
   */
  public static RecordWriter create(Path path, RecordLayout layout) {
    try {
      return new RecordWriter(path, layout, UnfinishedFile.create(path));
    } catch (IOException e) {
      throw RegularFile.failure(path, "created", e);
    }
  }

  /**
   * Appends rows.
   *
   * @param vectors a vector for each field, of its type, in any encoding
   * @throws ComputationException if a value is null, which records do not have
   */
  public void append(Vector[] vectors, int count) {
    Vector[] plain = new Vector[vectors.length];
    for (int f = 0; f < plain.length; f++) {
      checkPresent(f, vectors[f], count);
      plain[f] = vectors[f].isNumberCoded() ? PlainNumbers.decode(vectors[f], count) : vectors[f];
    }
    for (int from = 0; from < count; from += bufferRows) {
      int rows = Math.min(bufferRows, count - from);
      for (int f = 0; f < plain.length; f++) {
        Elements elements = layout.elements(f);
        long at = plain[f].dataOffset() + (long) from * elements.width();
        elements.copy(
            plain[f].data(),
            at,
            elements.width(),
            buffer,
            layout.offsetBytes(f),
            layout.recordBytes(),
            rows);
      }
      write(buffer.asSlice(0, (long) rows * layout.recordBytes()).asByteBuffer());
      rowCount += rows;
    }
  }

  private void checkPresent(int f, Vector vector, int count) {
    for (int i = 0; vector.validity() != null && i < count; i++) {
      if (vector.isNull(i)) {
        Field field = layout.schema().field(f);
        throw new ComputationException(
            "field '" + field.name() + "' of " + path,
            String.format(
                Locale.ROOT,
                "'%s' is null in row %d; records in %s have no nulls",
                field.name(),
                rowCount + i,
                path),
            "Leave such rows out with filter, or give them a value with coalesce. Nothing was"
                + " written.");
      }
    }
  }

  private void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        file.channel().write(bytes);
      }
    } catch (IOException e) {
      throw RegularFile.failure(path, "written", e);
    }
  }

  /** Puts the file in its place; returns its records. */
  public long finish() {
    try {
      file.publish();
    } catch (IOException e) {
      throw RegularFile.failure(path, "written", e);
    }
    return rowCount;
  }

  @Override
  public void close() {
    file.close();
    arena.close();
  }
}
