package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;

/**
 * One result put together from several vectors of its type, each for some of the rows. Rows that no
 * vector was taken for are null. The vectors stay as they are until {@link #finish}.
 */
sealed interface Blend permits FixedBlend, TextBlend {
  /** A blend of values of {@code type}. */
  static Blend of(DataType type, Worker worker) {
    return type.isVariable() ? new TextBlend(type, worker) : new FixedBlend(type, worker);
  }

  /** Starts a batch of {@code rowCount} rows. */
  void start(int rowCount);

  /** Takes the values of {@code rows} from {@code vector}; no row is taken twice. */
  void take(Vector vector, Selection rows);

  /** The result, of which {@code rows} will be used. */
  Vector finish(Selection rows);
}
