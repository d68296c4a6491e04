package colonnade.engine.csv;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Sees to it that each row has values of the types that were given: rows with others leave the
 * batch and go to the problems, in every pass and whichever columns it wants. Not thread-safe.
 */
final class GivenTypes {
  private final int[] columns;
  private final ColumnReader[] readers;
  private final BitSet failed = new BitSet();

  /** Reads {@code columns}, in increasing order, with {@code readers}. */
  GivenTypes(int[] columns, ColumnReader[] readers) {
    this.columns = columns;
    this.readers = readers;
  }

  /** Checks a batch; afterwards the readers have read what is left of it. */
  void check(FieldBatch batch, FieldScanner scanner, RowProblems problems) {
    int[] blamed = null;
    for (int i = 0; i < columns.length; i++) {
      failed.clear();
      readers[i].read(batch, columns[i], failed);
      for (int r = failed.nextSetBit(0); r >= 0; r = failed.nextSetBit(r + 1)) {
        if (blamed == null) {
          blamed = new int[batch.rows()];
          Arrays.fill(blamed, -1);
        }
        blamed[r] = blamed[r] < 0 ? columns[i] : blamed[r];
      }
    }
    if (blamed != null) {
      boolean[] bad = new boolean[blamed.length];
      for (int r = 0; r < bad.length; r++) {
        if (blamed[r] >= 0) {
          bad[r] = true;
          problems.otherType(
              batch.line(r),
              blamed[r],
              scanner.field(batch, r, blamed[r]),
              scanner.joined(batch, r));
        }
      }
      batch.remove(bad);
      check(batch, scanner, problems);
    }
  }
}
