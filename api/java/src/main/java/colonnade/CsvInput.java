package colonnade;

import colonnade.engine.csv.CsvDialect;
import colonnade.error.StorageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a CSV file in UTF-8, and how many of the file's own were read. A byte order mark is
 * left out and decides the charset; a name that ends in {@code .gz} is unpacked; other charsets are
 * converted, and what they do not have becomes a byte that UTF-8 does not have.
 */
final class CsvInput implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path path;
  private final Counting counted;
  private final InputStream bytes;
  private final boolean isPlain;
  private final int markBytes;

  private CsvInput(Path path, CsvOptions options) throws IOException {
    this.path = path;
    this.counted = new Counting(Files.newInputStream(path));
    try {
      boolean packed = path.toString().endsWith(".gz");
      InputStream unpacked = packed ? new GZIPInputStream(counted, BUFFER_BYTES) : counted;
      PushedBack start = new PushedBack(unpacked);
      Mark mark = Mark.of(start.first(), options.charset());
      markBytes = mark.length;
      start.skip(mark.length);
      boolean converted =
          !mark.charset.equals(StandardCharsets.UTF_8) || CsvStandIns.areNeeded(options);
      isPlain = !packed && !converted;
      bytes = converted ? converted(start, mark.charset, options) : start;
    } catch (IOException | RuntimeException e) {
      counted.close();
      throw e;
    }
  }

  /** Opens the file at its first byte after the mark. */
  static CsvInput open(Path path, CsvOptions options) {
    // Opening a pipe waits for its other end; and a file is read more than once.
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new StorageException(
          path.toString(),
          path + " is a pipe or a device; a CSV file is read more than once",
          "Write it to a file first.");
    }
    try {
      return new CsvInput(path, options);
    } catch (NoSuchFileException e) {
      throw new StorageException(path.toString(), "there is no file " + path, "Check the path.", e);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  static StorageException failure(Path path, Exception e) {
    return new StorageException(
        path.toString(), path + " could not be read: " + e.getMessage(), "", e);
  }

  private static InputStream converted(InputStream in, Charset charset, CsvOptions options) {
    return new CsvRecoder(
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(String.valueOf(CsvRecoder.MALFORMED))),
        CsvStandIns.of(options));
  }

  /** The bytes of {@code options} that divide fields, where this gives bytes. */
  static CsvDialect dialect(CsvOptions options) {
    CsvStandIns swaps = CsvStandIns.of(options);
    Character comment = options.comment();
    return new CsvDialect(
        (byte) swaps.swap(options.delimiter()),
        (byte) swaps.swap(options.quote()),
        comment == null ? -1 : swaps.swap(comment),
        false,
        swaps.isEmpty() ? null : swaps);
  }

  /** The bytes. */
  InputStream stream() {
    return bytes;
  }

  /** Whether the bytes are those of the file, which can be read anywhere. */
  boolean isPlain() {
    return isPlain;
  }

  /** The bytes of the file before the first one here. */
  int markBytes() {
    return markBytes;
  }

  /** Leaves the next {@code count} bytes out. */
  void skip(long count) {
    try {
      bytes.skipNBytes(count);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** The bytes of the file that were read. */
  long bytesRead() {
    return counted.count;
  }

  @Override
  public void close() {
    try {
      counted.close();
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private record Mark(int length, Charset charset) {
    static Mark of(byte[] start, Charset charset) {
      if (start.length == 3
          && start[0] == (byte) 0xef
          && start[1] == (byte) 0xbb
          && start[2] == (byte) 0xbf) {
        return new Mark(3, StandardCharsets.UTF_8);
      }
      if (start.length >= 2 && start[0] == (byte) 0xff && start[1] == (byte) 0xfe) {
        return new Mark(2, StandardCharsets.UTF_16LE);
      }
      if (start.length >= 2 && start[0] == (byte) 0xfe && start[1] == (byte) 0xff) {
        return new Mark(2, StandardCharsets.UTF_16BE);
      }
      return new Mark(0, charset);
    }
  }

  private static final class Counting extends FilterInputStream {
    private volatile long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count = count + (b >= 0 ? 1 : 0);
      return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = super.read(target, offset, length);
      count = count + Math.max(0, n);
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = super.skip(n);
      count = count + skipped;
      return skipped;
    }
  }

  /** A stream whose first three bytes can be looked at; large reads are not buffered. */
  private static final class PushedBack extends FilterInputStream {
    private final byte[] first;
    private int next;

    PushedBack(InputStream in) throws IOException {
      super(in);
      first = in.readNBytes(3);
    }

    byte[] first() {
      return first;
    }

    @Override
    public int read() throws IOException {
      return next < first.length ? first[next++] & 0xff : super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (next == first.length || length == 0) {
        return super.read(target, offset, length);
      }
      int n = Math.min(length, first.length - next);
      System.arraycopy(first, next, target, offset, n);
      next += n;
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      int kept = (int) Math.min(n, first.length - next);
      next += kept;
      return kept > 0 ? kept : super.skip(n);
    }
  }
}
