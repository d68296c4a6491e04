package colonnade.engine.store;

import java.io.IOException;

/**
 * An open file that a lock can be taken on. The lock is the process's, and goes with this file: the
 * kernel frees it when the file is closed or the process dies.
 */
public interface LockFile extends StoredFile {
  /**
   * Takes the lock, or returns false if another process has it.
   *
   * @param shared whether others may share it
   * @throws java.nio.channels.OverlappingFileLockException if this process has it already
   * @throws IOException if locks do not work here
   */
  boolean tryLock(boolean shared) throws IOException;
}
