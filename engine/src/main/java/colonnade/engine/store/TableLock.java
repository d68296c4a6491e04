package colonnade.engine.store;

import colonnade.engine.store.format.FileName;
import colonnade.error.LockedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The right to write a table: one holder at a time, in this process (by a registry of real paths)
 * and between processes (by a lock on the file {@code LOCK}, which the kernel frees when its holder
 * dies). With native access on Linux the lock is the open file's; elsewhere it is the process's,
 * which loses it if anything else in the process opens {@code LOCK} and closes it again. The file
 * says who holds it, and is never deleted. Even where locks do not work, no writer overwrites
 * another's generation: publishing one fails if it exists. Safe for all threads.
 */
public final class TableLock implements AutoCloseable {
  private static final Map<Path, TableLock> HELD = new HashMap<>();
  private static final int MAX_HOLDER_BYTES = 1024;

  private final TableDirectory table;
  private final String holder;
  private final LockFile file;
  private boolean closed;

  private TableLock(TableDirectory table, String holder, LockFile file) {
    this.table = table;
    this.holder = holder;
    this.file = file;
  }

  /**
   * Takes the lock of the table in {@code directory}.
   *
   * @throws LockedException if someone has it; the message names process, host and time
   * @throws colonnade.error.NotATableException if there is no directory
   * @throws colonnade.error.ReadOnlyException if the directory cannot be written
   */
  public static TableLock acquire(Path directory) {
    return acquire(directory, Storage.local());
  }

  /** As {@link #acquire(Path)}, on another storage. */
  public static TableLock acquire(Path directory, Storage storage) {
    return acquire(TableDirectory.of(directory, storage));
  }

  static TableLock acquire(TableDirectory table) {
    synchronized (HELD) {
      TableLock other = HELD.get(table.path());
      if (other != null) {
        throw locked(table, other.holder + ", which is this one");
      }
      LockFile file = null;
      try {
        file = table.storage().openLock(table.file(FileName.LOCK), true, true);
        String refusedBy = refusedBy(file);
        if (refusedBy != null) {
          closeQuietly(file);
          throw locked(table, refusedBy);
        }
        TableLock lock = new TableLock(table, describeSelf(), file);
        file.truncate(0);
        file.write(ByteBuffer.wrap((lock.holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        HELD.put(table.path(), lock);
        return lock;
      } catch (IOException e) {
        closeQuietly(file);
        throw StorageFailure.of(table.place(FileName.LOCK), "lock", e);
      }
    }
  }

  /** Null if the lock was granted, else who has it. */
  private static @Nullable String refusedBy(LockFile file) throws IOException {
    try {
      if (file.tryLock(false)) {
        return null;
      }
    } catch (OverlappingFileLockException e) {
      return "another part of " + describeSelf();
    }
    ByteBuffer text = ByteBuffer.allocate((int) Math.min(MAX_HOLDER_BYTES, file.length()));
    try {
      file.read(text, 0);
    } catch (EOFException e) {
      // The holder is just writing who it is.
    }
    String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return holder.isEmpty() ? "another process" : holder;
  }

  private static LockedException locked(TableDirectory table, String holder) {
    return new LockedException(
        table.name(),
        "the table " + table.name() + " is being written by " + holder,
        "Wait until that writer has closed, or close it; readers need not wait.");
  }

  private static String describeSelf() {
    return "process "
        + ProcessHandle.current().pid()
        + " on host "
        + HostName.NAME
        + " since "
        + Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  TableDirectory table() {
    return table;
  }

  /** Who holds it: process, host and time. */
  public String holder() {
    return holder;
  }

  /** Gives the lock back. A second call does nothing. */
  @Override
  public void close() {
    synchronized (HELD) {
      if (!closed) {
        closed = true;
        HELD.remove(table.path(), this);
        closeQuietly(file);
      }
    }
  }

  private static void closeQuietly(@Nullable LockFile file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // The descriptor, and with it the lock, is gone all the same.
      }
    }
  }
}
