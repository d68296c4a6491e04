package colonnade.engine.exec.agg;

import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.ByteRuns;
import java.lang.foreign.MemorySegment;

/**
 * The keys, as runs of bytes, of rows that were not grouped: gathered in row order, then parted
 * like the rows. Used by one worker, which closes it.
 */
final class LooseRuns implements AutoCloseable {
  private static final long FIRST_BYTES = 1 << 20;

  private final QueryContext context;
  private QueryMemory.Region region;
  private MemorySegment gathered = MemorySegment.NULL;
  private long size;

  LooseRuns(QueryContext context) {
    this.context = context;
    this.region = context.memory().region();
  }

  /** The bytes gathered. */
  long size() {
    return size;
  }

  /** Adds runs {@code from .. end - 1}, and writes their lengths from {@code lengths[at]} on. */
  void add(KeyRuns runs, int from, int end, long[] lengths, int at) {
    for (int i = from; i < end; ) {
      long start = runs.starts[i];
      long stop = start;
      for (; i < end && (runs.starts[i] == stop || runs.lengths[i] <= 0); i++) {
        lengths[at + i - from] = runs.lengths[i];
        stop += Math.max(0, runs.lengths[i]);
      }
      reserve(stop - start);
      MemorySegment.copy(runs.bytes, start, gathered, size, stop - start);
      size += stop - start;
    }
  }

  /**
   * Writes all runs to {@code out}, part after part, and to {@code lengths} where they are, as
   * {@link PartedRows#place} says it; none are left here.
   *
   * @param partOf the part of each run
   */
  void part(int[] partOf, int count, int parts, long[] lengths, MemorySegment out) {
    long[] ends = new long[parts + 1];
    for (int i = 0; i < count; i++) {
      ends[partOf[i] + 1] += Math.max(0L, lengths[i]);
    }
    for (int part = 0; part < parts; part++) {
      ends[part + 1] += ends[part];
    }
    MemorySegment from = gathered;
    long start = 0;
    for (int i = 0; i < count; i++) {
      int length = (int) lengths[i];
      long place = ends[partOf[i]];
      lengths[i] = PartedRows.place(place, length);
      if (length > 0) {
        ByteRuns.copy(from, start, out, place, length);
        ends[partOf[i]] = place + length;
        start += length;
      }
    }
    size = 0;
  }

  private void reserve(long more) {
    if (size + more > gathered.byteSize()) {
      QueryMemory.Region larger = context.memory().region();
      MemorySegment grown = larger.allocate(Math.max(FIRST_BYTES, 2 * (size + more)));
      MemorySegment.copy(gathered, 0, grown, 0, size);
      region.close();
      region = larger;
      gathered = grown;
    }
  }

  @Override
  public void close() {
    region.close();
  }
}
