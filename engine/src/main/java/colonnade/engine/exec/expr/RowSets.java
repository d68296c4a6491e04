package colonnade.engine.exec.expr;

import colonnade.engine.exec.Selection;

/** Selections as sets of rows. */
final class RowSets {
  private RowSets() {}

  /** Takes the rows of {@code gone}, of the same batch, out of {@code rows}. */
  static void remove(Selection rows, Selection gone) {
    if (gone.isEmpty()) {
      return;
    }
    int n = rows.size();
    if (gone.isAll()) {
      rows.setList(n, 0);
      return;
    }
    long[] words = rows.toBitmap();
    long[] other = gone.toBitmap();
    for (int w = 0; w << 6 < n; w++) {
      words[w] &= ~other[w];
    }
    rows.setBitmap(n);
  }
}
