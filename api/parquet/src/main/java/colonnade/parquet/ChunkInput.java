package colonnade.parquet;

import colonnade.error.CancelledException;
import colonnade.error.ColonnadeException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A range of a file as a stream, read by position, so that many share one channel. Ends at the
 * range's end or the file's, whichever comes first. Not safe for threads.
 */
final class ChunkInput extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final long end;
  private final byte[] buffer;
  private int at;
  private int filled;
  private long next;

  ChunkInput(Path path, FileChannel channel, long start, long end) {
    this.path = path;
    this.channel = channel;
    this.next = start;
    this.end = end;
    this.buffer = new byte[(int) Math.max(0, Math.min(BUFFER_BYTES, end - start))];
  }

  /** Bytes up to the range's end. */
  long left() {
    return end - next + filled - at;
  }

  @Override
  public int read() {
    if (at == filled && !fill()) {
      return -1;
    }
    return buffer[at++] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (at == filled) {
      if (length >= buffer.length) {
        int wanted = (int) Math.min(length, end - next);
        int got = wanted <= 0 ? -1 : pread(into, offset, wanted);
        next += Math.max(got, 0);
        return got;
      }
      if (!fill()) {
        return -1;
      }
    }
    int n = Math.min(length, filled - at);
    System.arraycopy(buffer, at, into, offset, n);
    at += n;
    return n;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, left()));
    if (skipped <= filled - at) {
      at += (int) skipped;
    } else {
      next += skipped - (filled - at);
      at = filled;
    }
    return skipped;
  }

  /** Fills {@code into} from 0 to {@code length}. */
  void readFully(byte[] into, int length) {
    try {
      if (readNBytes(into, 0, length) < length) {
        throw new BadPage("the file ends in the middle of a page");
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private boolean fill() {
    int wanted = (int) Math.min(buffer.length, end - next);
    int got = wanted <= 0 ? -1 : pread(buffer, 0, wanted);
    at = 0;
    filled = Math.max(got, 0);
    next += filled;
    return got > 0;
  }

  private int pread(byte[] into, int offset, int length) {
    try {
      return channel.read(ByteBuffer.wrap(into, offset, length), next);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static ColonnadeException unreadable(Path path, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return new CancelledException(
          path.toString(),
          "reading " + path + " was interrupted",
          "Nothing that the query wrote was published.",
          e);
    }
    return new StorageException(
        path.toString(),
        path + " cannot be read: " + e,
        "Check that it is there, that this process may read it, and that the disk is sound.",
        e);
  }
}
