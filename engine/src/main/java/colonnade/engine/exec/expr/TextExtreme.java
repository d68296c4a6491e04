package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.util.List;

/** The least or greatest, by bytes, of several texts or binary values that are not null. */
final class TextExtreme implements BoundExpression {
  private final boolean least;
  private final DataType type;
  private final List<BoundExpression> inputs;
  private final TextBlend blend;
  private final TextBuffer best = new TextBuffer();
  private final TextBuffer next = new TextBuffer();
  private final Vector[] vectors;

  /** All of {@code inputs} have {@code type}. */
  TextExtreme(boolean least, DataType type, List<BoundExpression> inputs, Worker worker) {
    this.least = least;
    this.type = type;
    this.inputs = inputs;
    this.blend = new TextBlend(type, worker);
    this.vectors = new Vector[inputs.size()];
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Vector evaluate(Batch batch, Selection rows) {
    blend.start(batch.size());
    for (int a = 0; a < vectors.length; a++) {
      vectors[a] = inputs.get(a).evaluate(batch, rows);
      blend.addSource(vectors[a]);
    }
    int[] list = rows.toList();
    for (int k = 0; k < rows.count(); k++) {
      int i = list[k];
      int source = choose(i);
      if (source >= 0) {
        blend.takeRow(source, i);
      }
    }
    return blend.finish(rows);
  }

  private int choose(int row) {
    int source = -1;
    for (int a = 0; a < vectors.length; a++) {
      if (vectors[a].isNull(row)) {
        continue;
      }
      TextCall.loadText(next, vectors[a], row);
      int order = source < 0 ? -1 : least ? next.compareTo(best) : best.compareTo(next);
      if (order < 0) {
        source = a;
        best.clear();
        best.append(next);
      }
    }
    return source;
  }
}
