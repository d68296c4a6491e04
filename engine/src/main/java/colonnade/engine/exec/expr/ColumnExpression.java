package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.store.Vector;

/** A column of the batch, without a copy unless it is of codes that have to be decoded. */
record ColumnExpression(int index, DataType type) implements BoundExpression {
  @Override
  public Vector evaluate(Batch batch, Selection rows) {
    return batch.vector(index);
  }

  @Override
  public Vector encoded(Batch batch, Selection rows) {
    return batch.encoded(index);
  }

  @Override
  public int column() {
    return index;
  }
}
