package colonnade.engine.exec.key;

import colonnade.engine.store.PhysicalMemory;

/**
 * What a keyed table may take in memory, and leave without an index file.
 *
 * @param uncoveredRows so many rows are always found without an index file, and a quarter of those
 *     in one more
 * @param pendingBytes what waits for a commit: rows beyond half of this go to temporary files, and
 *     at {@link #KEY_BYTES} each no more keys may change than fit
 */
public record KeyedLimits(long uncoveredRows, long pendingBytes) {
  /** What is kept of each key that changes until the commit is done, at the most. */
  static final long KEY_BYTES = 48;

  /** 65,536 rows, and a quarter of the machine's memory. */
  public static final KeyedLimits DEFAULT = new KeyedLimits(65_536, PhysicalMemory.bytes() / 4);

  /** The keys that may change; some of what is kept of them is on the heap. */
  long keys() {
    return Math.min(pendingBytes, Runtime.getRuntime().maxMemory()) / KEY_BYTES;
  }
}
