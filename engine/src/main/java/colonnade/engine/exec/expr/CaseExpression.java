package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of the first branch whose condition is true. A condition is evaluated only for rows
 * that no branch before took, a value only for the rows that its branch takes.
 */
final class CaseExpression implements BoundExpression {
  private final DataType type;
  private final List<BoundPredicate> conditions;
  private final List<BoundExpression> values;
  private final @Nullable BoundExpression otherwise;
  private final Blend blend;
  private final Selection open = new Selection();
  private final Selection hit = new Selection();

  /** One condition per value; all values have {@code type}. */
  CaseExpression(
      DataType type,
      List<BoundPredicate> conditions,
      List<BoundExpression> values,
      @Nullable BoundExpression otherwise,
      Worker worker) {
    this.type = type;
    this.conditions = conditions;
    this.values = values;
    this.otherwise = otherwise;
    this.blend = Blend.of(type, worker);
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Vector evaluate(Batch batch, Selection rows) {
    blend.start(batch.size());
    open.copyFrom(rows);
    for (int b = 0; b < values.size() && !open.isEmpty(); b++) {
      hit.copyFrom(open);
      conditions.get(b).narrow(batch, hit);
      if (!hit.isEmpty()) {
        blend.take(values.get(b).evaluate(batch, hit), hit);
        RowSets.remove(open, hit);
      }
    }
    BoundExpression rest = otherwise;
    if (rest != null && !open.isEmpty()) {
      blend.take(rest.evaluate(batch, open), open);
    }
    return blend.finish(rows);
  }
}
