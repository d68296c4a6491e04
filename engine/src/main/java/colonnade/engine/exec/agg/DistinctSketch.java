package colonnade.engine.exec.agg;

/**
 * Remembers roughly how many distinct values it was shown, in little memory. What it estimates
 * depends on the set of the values alone, not on their order or on how they were merged. Used by
 * one thread at a time.
 */
public interface DistinctSketch {
  /** Shows a value; equal values are equal longs. */
  void add(long value);

  /** Shows everything that {@code other}, of the same maker and not changed, was shown. */
  void addAll(DistinctSketch other);

  /** The number of distinct values, roughly; exact for none and for one. */
  long estimate();

  /** Bytes of the heap that this takes now. */
  long heapBytes();
}
