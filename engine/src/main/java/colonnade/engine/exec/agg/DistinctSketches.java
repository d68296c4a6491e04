package colonnade.engine.exec.agg;

import colonnade.error.InvalidQueryException;
import java.util.ServiceLoader;

/**
 * Makes sketches for approximate counts. The engine has none of its own, since a well-kept library
 * is better at it and the engine depends on no library: who brings one names a maker as a service.
 */
@FunctionalInterface
public interface DistinctSketches {
  /** A sketch that was shown nothing yet. */
  DistinctSketch create();

  /**
   * The maker on the class path.
   *
   * @throws InvalidQueryException if there is none
   */
  static DistinctSketches find() {
    return ServiceLoader.load(DistinctSketches.class, DistinctSketches.class.getClassLoader())
        .findFirst()
        .orElseThrow(() ->
            new InvalidQueryException(
                "approx_count_distinct",
                "no library for approximate counts is on the class path",
                "Add the artefact 'colonnade', which brings one, or use count_distinct."));
  }
}
