package colonnade.engine.store;

import colonnade.error.CancelledException;
import colonnade.error.ColonnadeException;
import colonnade.error.ReadOnlyException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.stream.Stream;

/** Says what an exception of the operating system means, and what to do about it. */
public final class StorageFailure {
  private StorageFailure() {}

  /**
   * The typed error for {@code cause}.
   *
   * @param place the file concerned
   * @param action what failed, as in "cannot {action} {place}"
   */
  public static ColonnadeException of(Object place, String action, Exception cause) {
    String where = place.toString();
    String what = "cannot " + action + " " + where;
    if (cause instanceof ClosedByInterruptException) {
      return new CancelledException(
          where,
          what + ": the thread was interrupted",
          "What was not committed is discarded.",
          cause);
    }
    String reason =
        cause instanceof FileSystemException e && e.getReason() != null
            ? e.getReason()
            : String.valueOf(cause.getMessage());
    if (cause instanceof AccessDeniedException) {
      return new ReadOnlyException(
          where,
          what + ": permission denied",
          "Change the permissions, or open the table with READ_ONLY or COPY_ON_WRITE.",
          cause);
    }
    if (cause instanceof ReadOnlyFileSystemException
        || reason.toLowerCase(Locale.ROOT).contains("read-only file system")) {
      return new ReadOnlyException(
          where,
          what + ": the file system is read-only",
          "Open the table with READ_ONLY or COPY_ON_WRITE, or copy it elsewhere.",
          cause);
    }
    return new StorageException(where, what + ": " + reason, remedy(reason, cause), cause);
  }

  /**
   * Throws what {@code cause} means if it says nothing of the data: no permission, an interrupted
   * thread, no more descriptors. What is left is a file that is missing, no file, or unreadable.
   */
  static void throwUnlessDamage(Object place, IOException cause) {
    boolean denied = cause instanceof AccessDeniedException;
    if (denied) {
      throw new StorageException(
          place.toString(),
          "cannot read " + place + ": permission denied",
          "Run as a user who may read it; whether the data is sound is not known.",
          cause);
    }
    if (cause instanceof ClosedByInterruptException
        || String.valueOf(cause.getMessage()).contains("Too many open files")) {
      throw of(place, "read", cause);
    }
  }

  /** Whether a lock failed because there are none on this file system, not by mischance. */
  static boolean saysNoLocks(IOException cause) {
    String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return Stream.of("no locks available", "not supported", "not implemented", "incorrect function")
        .anyMatch(reason::contains);
  }

  private static String remedy(String reason, Exception cause) {
    String text = reason.toLowerCase(Locale.ROOT);
    if (text.contains("no space")) {
      return "Free some space and write again; the last committed generation is untouched.";
    }
    if (text.contains("quota")) {
      return "Raise the quota and write again; the last committed generation is untouched.";
    }
    if (text.contains("too many open files")) {
      return "Raise the limit of open files (`ulimit -n`).";
    }
    if (text.contains("map failed") || text.contains("cannot allocate memory")) {
      return "Close tables that are no longer used, or raise vm.max_map_count or `ulimit -v`.";
    }
    return cause instanceof IOException ? "The last committed generation is untouched." : "";
  }
}
