package colonnade.engine.exec;

/**
 * One step of a pipeline, in one worker: takes batches, does its work, and pushes what results to
 * the next step. Not thread-safe; each worker has its own chain. A {@code push} may narrow the
 * batch's selection and may hand on the same batch.
 */
public interface Operator {
  /**
   * Takes the next batch. Its vectors are valid until this returns. A batch without kept rows need
   * not be pushed on.
   */
  void push(Batch batch);

  /**
   * Whether what comes next cannot change the result any more, so that the driver may stop reading.
   */
  default boolean isDone() {
    return false;
  }
}
