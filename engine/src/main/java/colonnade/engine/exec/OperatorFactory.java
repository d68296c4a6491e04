package colonnade.engine.exec;

/** Makes a pipeline's step for a worker. Safe for all threads; what it makes is not. */
@FunctionalInterface
public interface OperatorFactory {
  /** The step for {@code worker}, which pushes to {@code next}. */
  Operator create(Worker worker, Operator next);
}
