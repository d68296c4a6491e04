package colonnade.engine.exec;

import colonnade.engine.store.Vector;

/**
 * Up to {@link Sizes#BATCH_ROWS} rows on their way through a pipeline: a vector per column and the
 * selection of rows that are kept. Belongs to one worker, which reuses it; not thread-safe. An
 * operator may narrow the selection in place. The vectors are valid until the operator's {@code
 * push} returns.
 */
public final class Batch {
  private final Vector[] vectors;
  private Selection selection = new Selection();
  private long firstRow;
  private int size;

  /** A batch of {@code columnCount} columns, empty for now. */
  public Batch(int columnCount) {
    this.vectors = new Vector[columnCount];
  }

  /** Starts a new batch of {@code rowCount} rows, all kept; the vectors are to be set next. */
  public void reset(long firstRowOfBatch, int rowCount) {
    firstRow = firstRowOfBatch;
    size = rowCount;
    selection.setAll(rowCount);
  }

  /**
   * Starts a new batch over the rows of {@code other}: same numbers, and the same selection object.
   */
  public void follow(Batch other) {
    firstRow = other.firstRow;
    size = other.size;
    selection = other.selection;
  }

  /** Sets the values of column {@code column}. */
  public void set(int column, Vector vector) {
    vectors[column] = vector;
  }

  /**
   * The values of column {@code column}; rows that are not kept have undefined but readable values.
   */
  public Vector vector(int column) {
    return vectors[column];
  }

  /** The number of columns. */
  public int columnCount() {
    return vectors.length;
  }

  /** Rows in the vectors, kept or not. */
  public int size() {
    return size;
  }

  /** The number in the pipeline's source of the batch's first row. */
  public long firstRow() {
    return firstRow;
  }

  /** The rows kept. */
  public Selection selection() {
    return selection;
  }
}
