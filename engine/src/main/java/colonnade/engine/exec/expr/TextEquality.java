package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.exec.Selection;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/** Narrows by the equality of plain text or binary with a constant, without copying values. */
final class TextEquality {
  private TextEquality() {}

  /** Keeps the rows, none of them null, whose value is {@code wanted}, or the others. */
  static void keep(Vector values, TextBuffer wanted, boolean negate, Selection rows) {
    MemorySegment data = values.data();
    MemorySegment offsets = values.offsets();
    if (offsets == null) {
      throw new IllegalStateException("plain text without offsets");
    }
    long at = values.offsetsOffset();
    long first = values.dataOffset();
    long length = wanted.length();
    int[] list = rows.listOrNull();
    int[] out = rows.rows();
    int n = rows.count();
    int kept = 0;
    for (int k = 0; k < n; k++) {
      int i = list == null ? k : list[k];
      long start = offsets.get(JAVA_LONG_UNALIGNED, at + 8L * i);
      long end = offsets.get(JAVA_LONG_UNALIGNED, at + 8L * i + 8);
      boolean equal = end - start == length && isAt(data, first + start, wanted);
      out[kept] = i;
      kept += equal != negate ? 1 : 0;
    }
    rows.setList(rows.size(), kept);
  }

  private static boolean isAt(MemorySegment data, long start, TextBuffer wanted) {
    byte[] bytes = wanted.bytes();
    for (int b = 0; b < wanted.length(); b++) {
      if (data.get(JAVA_BYTE, start + b) != bytes[b]) {
        return false;
      }
    }
    return true;
  }
}
