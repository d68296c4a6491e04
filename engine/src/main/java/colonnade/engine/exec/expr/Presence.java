package colonnade.engine.exec.expr;

import colonnade.engine.exec.Selection;
import colonnade.engine.store.Vector;

/** Narrows selections by validity, a word of 64 rows at a time. */
final class Presence {
  private Presence() {}

  /** Keeps the rows that are not null. */
  static void keepValid(Vector values, Selection rows) {
    if (values.validity() != null) {
      keep(values, 0, rows);
    }
  }

  /** Keeps the rows that are null. */
  static void keepNull(Vector values, Selection rows) {
    if (values.validity() == null) {
      rows.setList(rows.size(), 0);
    } else {
      keep(values, -1L, rows);
    }
  }

  private static void keep(Vector values, long flip, Selection rows) {
    int n = rows.size();
    long[] words = rows.toBitmap();
    for (int w = 0; w << 6 < n; w++) {
      words[w] &= ResultValidity.word(values, w, n) ^ flip;
    }
    rows.setBitmap(n);
  }
}
