package colonnade.sketch;

import colonnade.engine.exec.agg.DistinctSketch;
import colonnade.engine.exec.agg.DistinctSketches;

/** Brings {@link HyperLogLog} to the engine, which finds it as a service. */
public final class HyperLogLogs implements DistinctSketches {
  /** For the service loader. */
  public HyperLogLogs() {}

  @Override
  public DistinctSketch create() {
    return new HyperLogLog();
  }
}
