package colonnade.engine.exec.sort;

import colonnade.DataType;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;

/**
 * Sort keys as signed 64-bit codes that order as the values do: equal values have equal codes. NaN
 * is above infinity, -0.0 equal to 0.0, false below true, text by its UTF-8 bytes. Nulls have one
 * code, so that a stable sort keeps their order; the caller moves them to one end.
 */
final class SortCodes {
  private static final long NAN_CODE = Long.MAX_VALUE;

  private SortCodes() {}

  /** The codes of the first {@code rowCount} rows of {@code vector}. */
  static long[] of(Vector vector, int rowCount, QueryMemory memory) {
    memory.reserve(8L * rowCount);
    long[] codes = new long[rowCount];
    DataType type = vector.type();
    if (type.isVariable()) {
      text(vector, codes);
    } else if (type.isFloating()) {
      for (int i = 0; i < rowCount; i++) {
        codes[i] = ofDouble(vector.doubleAt(i));
      }
    } else {
      for (int i = 0; i < rowCount; i++) {
        codes[i] = vector.longAt(i);
      }
    }
    if (vector.validity() != null) {
      for (int i = 0; i < rowCount; i++) {
        codes[i] = vector.isNull(i) ? 0 : codes[i];
      }
    }
    return codes;
  }

  static long ofDouble(double value) {
    if (Double.isNaN(value)) {
      return NAN_CODE;
    }
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
  }

  private static void text(Vector vector, long[] codes) {
    Dictionary entries = vector.dictionary();
    if (entries != null) {
      int[] rankOfCode = new TextRanks(entries.bytes(), entries::start, entries.size()).ranks();
      for (int i = 0; i < codes.length; i++) {
        codes[i] = vector.isNull(i) ? 0 : rankOfCode[vector.code(i)];
      }
    } else {
      int[] ranks = new TextRanks(vector.data(), vector::start, codes.length).ranks();
      for (int i = 0; i < codes.length; i++) {
        codes[i] = ranks[i];
      }
    }
  }
}
