package colonnade.engine.store;

import colonnade.error.StorageException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The number of files this process may have mapped at a time. Linux allows 65,530 mappings, after
 * which not only mapping fails but new threads do too, and the JVM may end; so we refuse early. The
 * system property {@code colonnade.maxMappings} sets another number. Safe for all threads.
 */
public final class MappingBudget {
  private static final int MAX = Integer.getInteger("colonnade.maxMappings", 32_768);
  private static final AtomicInteger USED = new AtomicInteger();

  private MappingBudget() {}

  /**
   * Counts {@code files} more mappings.
   *
   * @throws StorageException if they are too many
   */
  static void take(int files, String place) {
    int used = USED.addAndGet(files);
    if (used > MAX) {
      USED.addAndGet(-files);
      throw new StorageException(
          place,
          String.format(
              Locale.ROOT,
              "%s cannot be mapped: this process has %,d column files mapped, and %,d is the limit",
              place,
              used - files,
              MAX),
          "Close tables that are no longer used; or raise vm.max_map_count, and with it"
              + " -Dcolonnade.maxMappings.");
    }
  }

  /** Gives mappings back that are unmapped. */
  static void give(int files) {
    USED.addAndGet(-files);
  }

  /** The number of files that may be mapped at a time. */
  public static int limit() {
    return MAX;
  }

  /** The mappings of all open snapshots. */
  static int used() {
    return USED.get();
  }
}
