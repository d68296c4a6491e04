package colonnade.engine.csv;

/**
 * Looks up many texts of a column at a time: hashes all, loads the slots of all, then compares all,
 * without a branch that depends on what was loaded. The processor then waits for many cache lines
 * at once, where one text after the other waits for each. The next slots are looked at in the same
 * way for those that were not found; what is left goes to the slow way, in its order. Reused; not
 * thread-safe.
 */
final class TextLookup {
  /** Looks up a text that was not in its first slot, and may add it. */
  interface Slow {
    /** The code of the text {@code [start, end)}, or -1. */
    int code(byte[] bytes, int start, int end);
  }

  /** What a step needs stays in the first-level cache. */
  private static final int STEP = 512;

  /** Slots that are looked at for many texts at a time. */
  private static final int PROBES = 2;

  private final int[] rows = new int[STEP];
  private final int[] starts = new int[STEP];
  private final int[] lengths = new int[STEP];
  private final long[] lows = new long[STEP];
  private final long[] highs = new long[STEP];
  private final long[] hashes = new long[STEP];
  private final int[] found = new int[STEP];

  private final TextTable table;
  private final Slow slow;

  TextLookup(TextTable table, Slow slow) {
    this.table = table;
    this.slow = slow;
  }

  /**
   * Writes the code of each text of {@code column} to {@code codes}; 0 for an empty field, whose
   * row {@code nulls} is told of.
   *
   * @return false if a text has no code
   */
  boolean codes(FieldBatch fields, int column, long[] codes, ColumnReader nulls) {
    for (int from = 0; from < fields.rows(); from += STEP) {
      int to = Math.min(fields.rows(), from + STEP);
      if (!codes(fields, column, codes, nulls, from, to)) {
        return false;
      }
    }
    return true;
  }

  private boolean codes(
      FieldBatch fields, int column, long[] codes, ColumnReader nulls, int from, int to) {
    byte[] bytes = fields.bytes();
    int count = 0;
    for (int r = from; r < to; r++) {
      int start = fields.start(r, column);
      int length = fields.end(r, column) - start;
      rows[count] = r;
      starts[count] = start;
      lengths[count] = length;
      if (length > 0) {
        count++;
      } else {
        codes[r] = 0;
        nulls.setNull(r);
      }
    }
    for (int k = 0; k < count; k++) {
      long low = TextTable.low(bytes, starts[k], lengths[k]);
      long high = TextTable.high(bytes, starts[k], lengths[k]);
      lows[k] = low;
      highs[k] = high;
      hashes[k] = TextTable.hash(bytes, starts[k], lengths[k], low, high);
    }
    for (int probe = 0; probe < PROBES; probe++) {
      table.load(hashes, count, found);
      int missing = table.compare(lows, highs, count, found);
      for (int k = 0; k < count; k++) {
        codes[rows[k]] = found[k];
      }
      if (missing == 0) {
        return true;
      }
      count = keepMissing(count);
    }
    for (int k = 0; k < count; k++) {
      int code = slow.code(bytes, starts[k], starts[k] + lengths[k]);
      if (code < 0) {
        return false;
      }
      codes[rows[k]] = code;
    }
    return true;
  }

  /** Leaves the texts that were not found, each with its next slot. */
  private int keepMissing(int count) {
    int kept = 0;
    for (int k = 0; k < count; k++) {
      rows[kept] = rows[k];
      starts[kept] = starts[k];
      lengths[kept] = lengths[k];
      lows[kept] = lows[k];
      highs[kept] = highs[k];
      hashes[kept] = hashes[k] + 1;
      kept += found[k] >>> 31;
    }
    return kept;
  }
}
