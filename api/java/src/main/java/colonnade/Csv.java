package colonnade;

import colonnade.error.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Text files of values between delimiters (RFC 4180): read as a {@link Frame}, written from one.
 *
 * <p>Types are inferred over the whole file, so no later row can contradict them: i64, f64, bool,
 * date and timestamp (ISO 8601), else text. Whole numbers with leading zeros or a plus sign stay
 * text, and so do those that i64 cannot hold. An empty field is null, and so is an empty line in a
 * file of one column; an empty field in quotes is empty text. Memory does not grow with the file,
 * beyond what is kept for the first action: an eighth of the machine's at most.
 */
public final class Csv {
  private Csv() {}

  /**
   * As {@link #read(Path, CsvOptions)} with the default options; tabs for a name in {@code .tsv}.
   */
  public static Frame read(Path path) {
    String name = path.toString();
    CsvOptions options = CsvOptions.defaults();
    return read(
        path,
        name.endsWith(".tsv") || name.endsWith(".tsv.gz") ? options.withDelimiter('\t') : options);
  }

  /** As {@link #read(Path)}. */
  public static Frame read(String path) {
    return read(Path.of(path));
  }

  /**
   * The rows of a file, plain or packed as {@code .gz}. Reads the file once to infer the types that
   * {@code options} does not give, and once for each action; the first action takes from memory
   * what could be kept, which is freed when all rows were read.
   *
   * @throws colonnade.error.MalformedInputException here or from an action, if a row cannot be read
   *     and {@code options} does not keep rejects; names line and column
   * @throws colonnade.error.UnknownColumnException if {@code options} gives a type to no column
   * @throws StorageException if the file cannot be read
   */
  public static Frame read(Path path, CsvOptions options) {
    return Frame.of(new CsvSource(path, options, CsvLayout.of(path, options)));
  }

  /** As {@link #read(Path, CsvOptions)}. */
  public static Frame read(String path, CsvOptions options) {
    return read(Path.of(path), options);
  }

  /**
   * Runs {@code frame} and writes its rows under a header; see {@link #write(Frame, Path,
   * CsvOptions)}.
   */
  public static void write(Frame frame, Path path) {
    write(frame, path, CsvOptions.defaults());
  }

  /** As {@link #write(Frame, Path)}. */
  public static void write(Frame frame, String path) {
    write(frame, Path.of(path));
  }

  /**
   * Runs {@code frame} and writes its rows, so that {@link #read} gives back the same values:
   * fields in quotes where needed, numbers with all their digits, dates as in ISO 8601, bytes in
   * hexadecimal, null as nothing. Replaces the file at {@code path} at the end; until then it is as
   * it was.
   */
  public static void write(Frame frame, Path path, CsvOptions options) {
    Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
    try {
      try (CsvLines writer = new CsvLines(Files.newOutputStream(unfinished), options)) {
        if (options.header() == null || options.header()) {
          writer.write(frame.schema().names().toArray(String[]::new));
        }
        frame.forEachBatch(batch -> write(batch, writer));
      }
      Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure(path, e);
    } catch (UncheckedIOException e) {
      throw failure(path, e);
    } finally {
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException e) {
        // What could not be written can hardly be removed; the error above says why.
      }
    }
  }

  private static void write(Batch batch, CsvLines writer) {
    int columns = batch.schema().size();
    @Nullable String[] fields = new @Nullable String[columns];
    for (int r = 0; r < batch.rowCount(); r++) {
      Row row = batch.row(r);
      for (int c = 0; c < columns; c++) {
        fields[c] = text(row.get(c), batch.schema().type(c));
      }
      writer.write(fields);
    }
  }

  private static @Nullable String text(@Nullable Object value, DataType type) {
    return switch (value) {
      case null -> null;
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case Double d when type == DataType.F32 -> Float.toString(d.floatValue());
      default -> value.toString();
    };
  }

  private static StorageException failure(Path path, Exception e) {
    return new StorageException(
        path.toString(), path + " could not be written: " + e.getMessage(), "", e);
  }
}
