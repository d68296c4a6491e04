package colonnade.engine.csv;

/**
 * Looks up many texts of a column at a time: hashes all, loads the slots of all, then compares all,
 * without a branch that depends on what was loaded. The processor then waits for many cache lines
 * at once, where one text after the other waits for each. Texts that are not found so go to the
 * slow way, in their order. Reused; not thread-safe.
 */
final class TextLookup {
  /** Looks up a text that was not in its first slot, and may add it. */
  interface Slow {
    /** The code of the text {@code [start, end)}, or -1. */
    int code(byte[] bytes, int start, int end);
  }

  /** What a step needs stays in the first-level cache. */
  private static final int STEP = 512;

  private final int[] rows = new int[STEP];
  private final int[] starts = new int[STEP];
  private final int[] lengths = new int[STEP];
  private final long[] heads = new long[STEP];
  private final long[] tails = new long[STEP];
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
      long head = TextTable.head(bytes, starts[k], lengths[k]);
      long tail = TextTable.tail(bytes, starts[k], lengths[k]);
      heads[k] = head;
      tails[k] = tail;
      hashes[k] = TextTable.hash(bytes, starts[k], lengths[k], head, tail);
    }
    table.load(hashes, count, found);
    int missing = table.compare(heads, tails, lengths, count, found);
    for (int k = 0; k < count; k++) {
      codes[rows[k]] = found[k];
    }
    if (missing == 0) {
      return true;
    }
    for (int k = 0; k < count; k++) {
      if (found[k] < 0) {
        int code = slow.code(bytes, starts[k], starts[k] + lengths[k]);
        if (code < 0) {
          return false;
        }
        codes[rows[k]] = code;
      }
    }
    return true;
  }
}
