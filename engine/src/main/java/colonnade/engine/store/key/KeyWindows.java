package colonnade.engine.store.key;

import colonnade.engine.store.Encoding;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.Vector;
import colonnade.engine.store.format.TableFormat;

/**
 * A column of any length as a few vectors of as many rows as an {@code int} counts.
 *
 * @param vectors one for each 2^30 rows
 * @param mask what is left of a row's number in its vector; 0 where all rows have one value
 */
record KeyWindows(Vector[] vectors, int mask) {
  private static final int WINDOW_BITS = 30;
  private static final int ALL = (1 << WINDOW_BITS) - 1;

  static KeyWindows of(Vector vector) {
    return new KeyWindows(new Vector[] {vector}, ALL);
  }

  static KeyWindows of(MappedColumn column) {
    long rowCount = column.rowCount();
    boolean constant = column.encoding() == Encoding.CONSTANT;
    Vector[] vectors = new Vector[(int) ((rowCount >>> WINDOW_BITS) + 1)];
    for (int i = 0; i < vectors.length; i++) {
      long first = (long) i << WINDOW_BITS;
      long count = Math.min(rowCount - first, 1L << WINDOW_BITS);
      vectors[i] =
          constant
              ? column.vector(0, (int) Math.min(rowCount, TableFormat.BLOCK_ROWS))
              : column.vector(first, (int) count);
    }
    return new KeyWindows(vectors, constant ? 0 : ALL);
  }

  Vector vector(long row) {
    return vectors[(int) (row >>> WINDOW_BITS)];
  }

  int index(long row) {
    return (int) row & mask;
  }
}
