package colonnade.engine.exec;

import colonnade.engine.store.Vector;

/**
 * A block of one vector per column, each of which starts at the block's first row. Closing it runs
 * what gives the memory back, once. Used by one worker at a time.
 */
public final class VectorBlock implements Block {
  private final long firstRow;
  private final int rowCount;
  private final Vector[] vectors;
  private final Runnable release;
  private boolean closed;

  /**
   * A block.
   *
   * @param vectors one for each column that the scan asked for, in its order; not copied
   * @param release gives the vectors' memory back
   */
  public VectorBlock(long firstRow, int rowCount, Vector[] vectors, Runnable release) {
    this.firstRow = firstRow;
    this.rowCount = rowCount;
    this.vectors = vectors;
    this.release = release;
  }

  @Override
  public long firstRow() {
    return firstRow;
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public Vector vector(int column, int first, int count) {
    return vectors[column].from(first);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      release.run();
    }
  }
}
