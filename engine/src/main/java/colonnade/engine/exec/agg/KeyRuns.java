package colonnade.engine.exec.agg;

import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.TextPool;
import java.lang.foreign.MemorySegment;

/**
 * The keys of up to a batch of rows as runs of bytes, which are equal exactly when the keys are. A
 * run of {@link TextPool#NULL_LENGTH} is null. Belongs to one grouping; valid until the next batch.
 */
final class KeyRuns {
  /** Where the runs lie; not for long. */
  MemorySegment bytes = MemorySegment.NULL;

  final long[] starts = new long[Sizes.BATCH_ROWS];
  final int[] lengths = new int[Sizes.BATCH_ROWS];
  final long[] hashes = new long[Sizes.BATCH_ROWS];

  /** Hashes the first {@code count} runs. */
  void hash(int count) {
    MemorySegment from = bytes;
    for (int i = 0; i < count; i++) {
      hashes[i] = TextPool.hash(from, starts[i], lengths[i]);
    }
  }

  /** The first of runs {@code from .. end - 1} with which they have more bytes, or {@code end}. */
  int upTo(long byteCount, int from, int end) {
    long left = byteCount;
    for (int i = from; i < end; i++) {
      left -= Math.max(0, lengths[i]);
      if (left < 0) {
        return i;
      }
    }
    return end;
  }
}
