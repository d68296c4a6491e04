package colonnade.engine.exec;

import org.jspecify.annotations.Nullable;

/**
 * A source that is read from its start to its end: a CSV or Parquet file. Each pass opens it anew.
 */
public non-sealed interface StreamSource extends Source {
  /**
   * Starts a pass.
   *
   * @param columns positions in {@link #schema()} of the columns wanted, in the order wanted
   */
  Pass open(int[] columns);

  /**
   * One pass over the source. {@link #next()} is called by one thread at a time, not always the
   * same.
   */
  interface Pass extends AutoCloseable {
    /**
     * The next rows, or null at the end. The block stays valid until it is closed, also while later
     * ones are read.
     */
    @Nullable Block next();

    @Override
    void close();
  }
}
