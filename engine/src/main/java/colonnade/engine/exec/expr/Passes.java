package colonnade.engine.exec.expr;

import colonnade.engine.exec.Selection;

/** Several narrowings whose results are united, as bitmaps. Reused; belongs to one worker. */
final class Passes {
  private final Selection some = new Selection();
  private final Selection open = new Selection();

  /** One narrowing. */
  interface Pass {
    /** Narrows {@code rows} by pass number {@code pass}. */
    void narrow(int pass, Selection rows);
  }

  /** Keeps rows that one of {@code count} passes keeps, or the others if {@code negate}. */
  void narrow(int count, Pass pass, Selection rows, boolean negate) {
    open.copyFrom(rows);
    for (int p = 0; p < count && !open.isEmpty(); p++) {
      some.copyFrom(open);
      pass.narrow(p, some);
      RowSets.remove(open, some);
    }
    if (negate) {
      rows.copyFrom(open);
    } else {
      RowSets.remove(rows, open);
    }
  }
}
