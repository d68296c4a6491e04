package colonnade.sketch;

import colonnade.engine.exec.agg.DistinctSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;

/**
 * A {@link DistinctSketch} by Apache DataSketches. Its estimate is the composite one, which depends
 * on the registers alone; the library's other estimate depends on the order of the values.
 */
final class HyperLogLog implements DistinctSketch {
  /** 4,096 registers of a byte each: a standard error of 1.04 / 64. */
  private static final int LOG_REGISTERS = 12;

  /** What the objects around the registers take, about. */
  private static final long OVERHEAD_BYTES = 200;

  private final HllUnion union = new HllUnion(LOG_REGISTERS);

  @Override
  public void add(long value) {
    union.update(value);
  }

  @Override
  public void addAll(DistinctSketch other) {
    HllSketch shown = ((HyperLogLog) other).union.getResult(TgtHllType.HLL_8);
    union.update(shown);
  }

  @Override
  public long estimate() {
    return Math.round(union.getCompositeEstimate());
  }

  @Override
  public long heapBytes() {
    return OVERHEAD_BYTES + union.getUpdatableSerializationBytes();
  }
}
