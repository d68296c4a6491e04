package colonnade.engine.exec.agg;

import java.util.HashSet;
import java.util.Set;

/** Sketches that remember everything, so that their counts can be told in advance. */
public final class ExactSketches implements DistinctSketches {
  @Override
  public DistinctSketch create() {
    return new Exact();
  }

  private static final class Exact implements DistinctSketch {
    private final Set<Long> values = new HashSet<>();

    @Override
    public void add(long value) {
      values.add(value);
    }

    @Override
    public void addAll(DistinctSketch other) {
      values.addAll(((Exact) other).values);
    }

    @Override
    public long estimate() {
      return values.size();
    }

    @Override
    public long heapBytes() {
      return 64L * values.size();
    }
  }
}
