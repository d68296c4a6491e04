package colonnade.engine.exec.expr;

import colonnade.engine.exec.Selection;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/** Loops over dictionary codes of kept rows, each looked up in a table by code. */
final class CodeLoops {
  private CodeLoops() {}

  /** Keeps the rows, none of them null, whose entry in {@code table} is {@code wanted}. */
  static void keep(Vector codes, long[] table, long wanted, Selection rows) {
    boolean all = rows.isAll();
    int[] list = all ? rows.rows() : rows.toList();
    int n = rows.count();
    int kept = 0;
    for (int k = 0; k < n; k++) {
      int i = all ? k : list[k];
      long found = table[codes.code(i)];
      list[kept] = i;
      kept += found == wanted ? 1 : 0;
    }
    rows.setList(rows.size(), kept);
  }

  /** Stores the entries as values of {@code widthBytes}. */
  static void gather(
      Vector codes, long[] table, int widthBytes, MemorySegment out, Selection rows) {
    boolean all = rows.isAll();
    int[] list = all ? rows.rows() : rows.toList();
    for (int k = 0; k < rows.count(); k++) {
      int i = all ? k : list[k];
      FixedWidth.putWidth(widthBytes, out, i, table[codes.code(i)]);
    }
  }

  /** As above, for entries that are codes themselves. */
  static void gather(Vector codes, int[] table, int widthBytes, MemorySegment out, Selection rows) {
    boolean all = rows.isAll();
    int[] list = all ? rows.rows() : rows.toList();
    for (int k = 0; k < rows.count(); k++) {
      int i = all ? k : list[k];
      FixedWidth.putWidth(widthBytes, out, i, table[codes.code(i)]);
    }
  }
}
