package colonnade;

import colonnade.error.StorageException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The characters of a CSV file, and how many of its bytes were read. A byte order mark is left out
 * and decides the charset; a name that ends in {@code .gz} is unpacked. Bytes that are none of the
 * charset become {@link #MALFORMED}.
 */
final class CsvInput implements AutoCloseable {
  /**
   * Stands for bytes that the charset does not have: half a surrogate pair, which no text that was
   * decoded without an error holds alone.
   */
  static final char MALFORMED = '\uDC00';

  private static final int BUFFER_BYTES = 1 << 16;

  private final Counting counted;
  private final Reader reader;

  private CsvInput(Counting counted, Reader reader) {
    this.counted = counted;
    this.reader = reader;
  }

  static CsvInput open(Path path, Charset charset) {
    try {
      Counting counted = new Counting(Files.newInputStream(path));
      try {
        boolean zipped = path.toString().endsWith(".gz");
        InputStream bytes =
            new BufferedInputStream(
                zipped ? new GZIPInputStream(counted, BUFFER_BYTES) : counted, BUFFER_BYTES);
        Charset actual = afterMark(bytes, charset);
        return new CsvInput(
            counted,
            new InputStreamReader(
                bytes,
                actual
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .replaceWith(String.valueOf(MALFORMED))));
      } catch (IOException | RuntimeException e) {
        counted.close();
        throw e;
      }
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

  Reader reader() {
    return reader;
  }

  long bytesRead() {
    return counted.count;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Whether the characters hold {@link #MALFORMED}: a second half of a pair without its first. */
  static boolean isMalformed(char[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] == MALFORMED && (i == start || !Character.isHighSurrogate(text[i - 1]))) {
        return true;
      }
    }
    return false;
  }

  private static Charset afterMark(InputStream bytes, Charset charset) throws IOException {
    bytes.mark(3);
    byte[] start = bytes.readNBytes(3);
    bytes.reset();
    if (start.length == 3
        && start[0] == (byte) 0xef
        && start[1] == (byte) 0xbb
        && start[2] == (byte) 0xbf) {
      bytes.skipNBytes(3);
      return StandardCharsets.UTF_8;
    }
    if (start.length >= 2 && start[0] == (byte) 0xff && start[1] == (byte) 0xfe) {
      bytes.skipNBytes(2);
      return StandardCharsets.UTF_16LE;
    }
    if (start.length >= 2 && start[0] == (byte) 0xfe && start[1] == (byte) 0xff) {
      bytes.skipNBytes(2);
      return StandardCharsets.UTF_16BE;
    }
    return charset;
  }

  private static final class Counting extends FilterInputStream {
    private volatile long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        added(1);
      }
      return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = super.read(target, offset, length);
      added(Math.max(0, n));
      return n;
    }

    private void added(int n) {
      count = count + n;
    }
  }
}
