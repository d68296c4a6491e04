package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** An expression that computes values of fixed width into memory of its own. */
abstract class FixedResult implements BoundExpression {
  /** The values of the batch at hand, plain. */
  final MemorySegment data;

  /** The nulls of the batch at hand. */
  final ResultValidity validity;

  /** Who computes. */
  final Worker worker;

  private final DataType type;

  FixedResult(DataType type, Worker worker) {
    this.type = type;
    this.worker = worker;
    this.data = worker.scratch((long) worker.batchRows() * type.widthBytes());
    this.validity = new ResultValidity(worker);
  }

  @Override
  public final DataType type() {
    return type;
  }

  @Override
  public final Vector evaluate(Batch batch, Selection rows) {
    validity.start(batch.size());
    compute(batch, rows);
    return Vector.fixed(type, data, 0, validity.segment(), validity.offset());
  }

  /**
   * Fills {@link #data} and {@link #validity}, which has no nulls yet, for at least {@code rows}.
   */
  abstract void compute(Batch batch, Selection rows);

  /**
   * What a cheap kernel is to compute: null for all rows of the batch, kept or not, where that is
   * little more work than the list of those kept.
   */
  static int @Nullable [] denseOrList(Selection rows) {
    return isDense(rows) ? null : rows.toList();
  }

  /** Whether a cheap loop should compute all rows of the batch rather than only those kept. */
  static boolean isDense(Selection rows) {
    return rows.isAll() || 4 * rows.count() >= rows.size();
  }
}
