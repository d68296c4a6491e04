package colonnade.engine.store;

import colonnade.engine.store.format.TableFormat;
import colonnade.error.CorruptTableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reader's hold on a generation: while one exists, in this process or another, no writer removes
 * the generation's files. It is a shared lock on the manifest's file, which the kernel lets go when
 * the process dies. Where locks do not work there is no hold, and a reader may lose its files.
 *
 * <p>Without native access the lock is POSIX's, which a process loses when any of its descriptors
 * for the file is closed. So this process opens each manifest once, whatever the number of readers,
 * and every access goes through here. Safe for all threads.
 */
final class GenerationPin implements AutoCloseable {
  private static final Map<Path, Hold> HOLDS = new HashMap<>();

  private final Path manifest;
  private final Hold hold;
  private boolean closed;

  private GenerationPin(Path manifest, Hold hold) {
    this.manifest = manifest;
    this.hold = hold;
  }

  /**
   * Holds the generation of this manifest.
   *
   * @param manifest the path of the manifest's file below the real path of the table's directory
   * @throws NoSuchFileException if a writer has removed it, or is just removing it
   */
  static GenerationPin take(Storage storage, Path manifest) throws IOException {
    synchronized (HOLDS) {
      Hold hold = HOLDS.get(manifest);
      // A table may have been deleted and made anew at the same path while someone still reads it.
      if (hold == null || !Objects.equals(hold.identity, storage.identity(manifest))) {
        hold = Hold.open(storage, manifest);
        HOLDS.put(manifest, hold);
      }
      hold.count++;
      return new GenerationPin(manifest, hold);
    }
  }

  /** Removes a manifest that nobody holds; says whether it is gone. */
  static boolean removeUnlessHeld(Storage storage, Path manifest) throws IOException {
    synchronized (HOLDS) {
      if (HOLDS.containsKey(manifest)) {
        return false;
      }
      try (LockFile file = storage.openLock(manifest, true, false)) {
        if (!file.tryLock(false)) {
          return false;
        }
        storage.unlink(manifest);
        return true;
      } catch (OverlappingFileLockException e) {
        return false;
      } catch (NoSuchFileException e) {
        return true;
      }
    }
  }

  /** The manifest's bytes. */
  byte[] read() throws IOException {
    synchronized (HOLDS) {
      long length = hold.file.length();
      if (length > TableFormat.MAX_MANIFEST_BYTES) {
        throw new CorruptTableException(
            manifest.toString(),
            String.format(
                Locale.ROOT,
                "%s is %,d bytes; a manifest has at most %,d",
                manifest,
                length,
                TableFormat.MAX_MANIFEST_BYTES),
            "It was not written by Colonnade. Restore it.");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) length);
      hold.file.read(bytes, 0);
      return bytes.array();
    }
  }

  @Override
  public void close() {
    synchronized (HOLDS) {
      if (closed) {
        return;
      }
      closed = true;
      if (--hold.count == 0) {
        HOLDS.remove(manifest, hold);
        try {
          hold.file.close();
        } catch (IOException e) {
          // Nothing was written through it, and the lock is gone with the descriptor.
        }
      }
    }
  }

  private static final class Hold {
    private final LockFile file;
    private final @Nullable Object identity;
    private int count;

    private Hold(LockFile file, @Nullable Object identity) {
      this.file = file;
      this.identity = identity;
    }

    static Hold open(Storage storage, Path manifest) throws IOException {
      LockFile file = storage.openLock(manifest, false, false);
      try {
        boolean removing = false;
        try {
          removing = !file.tryLock(true);
        } catch (OverlappingFileLockException e) {
          // Another class loader's copy of this class holds it.
        } catch (IOException e) {
          // Where locks work, going on without one would lose the files to the next writer.
          if (!StorageFailure.saysNoLocks(e)) {
            throw e;
          }
        }
        if (removing) {
          throw new NoSuchFileException(manifest.toString());
        }
        // A writer may have removed it between open and lock.
        storage.length(manifest);
        return new Hold(file, storage.identity(manifest));
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    }
  }
}
