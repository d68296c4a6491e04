package colonnade;

import colonnade.arrow.ColumnHandover;
import colonnade.arrow.CopiedIpc;
import colonnade.arrow.IpcWriter;
import colonnade.arrow.MappedIpc;
import colonnade.engine.exec.SnapshotSource;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.Vector;
import colonnade.error.InvalidQueryException;
import colonnade.error.MalformedInputException;
import colonnade.error.StorageException;
import colonnade.error.UnsupportedFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;

/**
 * Arrow IPC files (Feather, version 2) and saved IPC streams as frames, frames as IPC files, and
 * mapped columns as Arrow vectors. {@code src/docs/formats.md} says which type becomes which.
 *
 * <p>Reading and writing plain files needs no JVM flag; compressed files and Arrow vectors use
 * Arrow's memory, which needs {@code --add-opens=java.base/java.nio=ALL-UNNAMED
 * --sun-misc-unsafe-memory-access=allow}.
 *
 * <p>Columns of nested types are in the schema as {@code binary}; an action that needs one fails
 * with its name before any row is read. Select the others.
 */
public final class Arrow {
  private Arrow() {}

  /**
   * A file used where it lies, without a copy: opening costs the description of each batch, and
   * blocks are read by all threads at once. The file stays mapped until nothing refers to the frame
   * any more, and must not be cut short until then.
   *
   * @throws MalformedInputException if it is no Arrow file or stream, cut short or damaged
   * @throws UnsupportedFormatException if it is compressed or big-endian
   * @throws StorageException if it cannot be mapped
   */
  public static Frame map(Path path) {
    return Frame.of(MappedIpc.map(path));
  }

  /** As {@link #map(Path)}. */
  public static Frame map(String path) {
    return map(Path.of(path));
  }

  /**
   * A file read a batch at a time, also a compressed one where {@code
   * org.apache.arrow:arrow-compression} is on the class path. Memory grows with the largest batch,
   * not with the file; a file that is cut short meanwhile ends in an error.
   *
   * @throws MalformedInputException if it is no Arrow file or stream, cut short or damaged
   * @throws UnsupportedFormatException if it is big-endian; from an action, if it is compressed and
   *     there is no codec
   * @throws StorageException if it cannot be read
   */
  public static Frame read(Path path) {
    return Frame.of(CopiedIpc.of(path));
  }

  /** As {@link #read(Path)}. */
  public static Frame read(String path) {
    return read(Path.of(path));
  }

  /**
   * Runs {@code frame} and writes its rows as an uncompressed IPC file, text with a dictionary as
   * codes. Replaces the file at {@code path} at the end; until then it is as it was.
   *
   * @throws StorageException if it cannot be written
   */
  public static void write(Frame frame, Path path) {
    Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
    try {
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        IpcWriter writer = new IpcWriter(channel, frame.schema());
        frame.forEachBatch(batch -> write(batch, writer));
        writer.finish();
      }
      Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (UncheckedIOException e) {
      throw failure(path, e.getCause());
    } catch (IOException e) {
      throw failure(path, e);
    } finally {
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException e) {
        // What could not be written can hardly be removed; the error above says why.
      }
    }
  }

  /** As {@link #write(Frame, Path)}. */
  public static void write(Frame frame, String path) {
    write(frame, Path.of(path));
  }

  /**
   * A stored column as an Arrow vector over the same memory: its data buffer is the mapped file.
   * Read only. Close the vector before the table; Arrow does not see that the mapping is gone.
   *
   * <p>Text is a vector of 64-bit offsets. A column with a dictionary is a vector of its codes; the
   * entries are in {@link #dictionary}. Where there are no nulls, Arrow wants validity bits all the
   * same and allocates them.
   *
   * @throws InvalidQueryException if the table is in memory, has changes that are not committed,
   *     the column has a patch, which {@code Table.vacuum} folds, or more than 2^31 rows
   * @throws colonnade.error.TypeMismatchException if it holds booleans of a byte each, codes of
   *     numbers, or one value for all rows: booleans are handed over as bits, other columns if they
   *     were written with {@code EncodingChoice.PLAIN}, or are so because codes cannot hold them
   */
  public static FieldVector vector(Table table, String column, BufferAllocator allocator) {
    return ColumnHandover.vector(mapped(table, column), table.schema().indexOf(column), allocator);
  }

  /**
   * The dictionary of a stored column as an Arrow dictionary over the same memory; see {@link
   * #vector}.
   *
   * @throws colonnade.error.TypeMismatchException if the column has none
   */
  public static Dictionary dictionary(Table table, String column, BufferAllocator allocator) {
    return ColumnHandover.dictionary(
        mapped(table, column), table.schema().indexOf(column), allocator);
  }

  private static MappedColumn mapped(Table table, String column) {
    int index = table.schema().indexOf(column);
    if (table.plan() instanceof Plan.Scan scan && scan.source() instanceof SnapshotSource source) {
      MappedColumn stored = source.snapshot().column(index);
      if (stored.isInPlace()) {
        return stored;
      }
      throw new InvalidQueryException(
          table.name(),
          "column '" + column + "' of " + table.name() + " is copied when it is read",
          stored.patchedRows() > 0
              ? "Some of its rows lie in a patch: fold it with Table.vacuum()."
              : "Open the table with ReadMode.MAPPED or LOADED, without Checks.ON_TOUCH.");
    }
    throw new InvalidQueryException(
        table.name(),
        "column '" + column + "' of " + table.name() + " is not as it is on disk",
        "Write the table with writeTo, or commit its changes, and use what is stored.");
  }

  private static void write(Batch batch, IpcWriter writer) {
    try {
      Vector[] vectors = new Vector[batch.schema().size()];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = batch.vector(batch.schema().name(c));
      }
      writer.write(vectors, batch.rowCount());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StorageException failure(Path path, IOException e) {
    return new StorageException(
        path.toString(),
        path + " could not be written: " + e.getMessage(),
        "Check the folder, its permissions and the space left; what was there is unchanged.",
        e);
  }
}
