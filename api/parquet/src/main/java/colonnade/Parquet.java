package colonnade;

import colonnade.error.MalformedInputException;
import colonnade.error.StorageException;
import colonnade.error.UnsupportedFormatException;
import colonnade.parquet.ParquetSource;
import java.nio.file.Path;

/**
 * Parquet files as frames. Reading is lazy: the footer is read now, pages when an action runs, and
 * only those of the columns that it needs, a block of at most 65,536 rows at a time. All codecs of
 * the format but LZO and Brotli, all its encodings; {@code src/docs/formats.md} says which type
 * becomes which.
 *
 * <p>Lists, maps and structs are not read: such a column is in the schema as {@code binary}, and an
 * action that needs it fails with its name before any row is read. Select the others.
 */
public final class Parquet {
  private Parquet() {}

  /**
   * The rows of a file, lazily.
   *
   * @throws MalformedInputException if it is no Parquet file, cut short or damaged
   * @throws UnsupportedFormatException if it is encrypted
   * @throws StorageException if it cannot be read
   */
  public static Frame read(Path path) {
    return Frame.of(ParquetSource.of(path));
  }

  /** As {@link #read(Path)}. */
  public static Frame read(String path) {
    return read(Path.of(path));
  }
}
