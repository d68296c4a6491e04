package colonnade.engine.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file. Belongs to whoever opened it. Several threads may write different bytes of it, and
 * one of them may sync it meanwhile; otherwise it is used by one thread at a time.
 */
public interface StoredFile extends Closeable {
  /** Writes all that remains in {@code source} from byte {@code offset} on. */
  void write(ByteBuffer source, long offset) throws IOException;

  /**
   * Fills what remains in {@code target} from byte {@code offset} on.
   *
   * @throws java.io.EOFException if the file ends before
   */
  void read(ByteBuffer target, long offset) throws IOException;

  /** The length in bytes. */
  long length() throws IOException;

  /** Cuts the file to {@code lengthBytes}. */
  void truncate(long lengthBytes) throws IOException;

  /**
   * Has the system begin to send the bytes before {@code end} to the device, so that a later {@link
   * #sync} has less to wait for. Makes nothing durable, and may do nothing.
   */
  void beginWriteBack(long end) throws IOException;

  /** Makes bytes and length durable. After a failure what was written is lost: never try again. */
  void sync() throws IOException;
}
