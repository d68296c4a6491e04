package colonnade.engine.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that many threads read at once. A channel is closed for all of them when one is
 * interrupted while it reads; the others then go on with a new one. Belongs to whoever made it.
 */
final class SharedFile implements AutoCloseable {
  private final Storage storage;
  private final Path path;
  private final @Nullable Object identity;
  private @Nullable StoredFile open;
  private boolean closed;

  SharedFile(Storage storage, Path path) throws IOException {
    this.storage = storage;
    this.path = path;
    StoredFile file = storage.openForReading(path);
    try {
      this.identity = storage.identity(path);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
    this.open = file;
  }

  /**
   * Fills what remains in {@code target} from byte {@code offset} on.
   *
   * @throws java.io.EOFException if the file ends before
   * @throws IOException if the path leads to another file by now, among others
   * @throws ClosedByInterruptException if this thread was interrupted
   * @throws ClosedChannelException if this is closed
   */
  void read(ByteBuffer target, long offset) throws IOException {
    int start = target.position();
    while (true) {
      StoredFile file = file();
      try {
        file.read(target, offset);
        return;
      } catch (ClosedByInterruptException e) {
        forget(file);
        throw e;
      } catch (ClosedChannelException e) {
        forget(file);
        target.position(start);
      }
    }
  }

  private synchronized StoredFile file() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    StoredFile file = open;
    if (file == null) {
      if (!Objects.equals(storage.identity(path), identity)) {
        throw new IOException("the file was replaced by another");
      }
      file = storage.openForReading(path);
      open = file;
    }
    return file;
  }

  private synchronized void forget(StoredFile file) throws IOException {
    if (open == file) {
      open = null;
      file.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
