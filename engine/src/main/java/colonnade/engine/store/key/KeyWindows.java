package colonnade.engine.store.key;

import colonnade.engine.store.Encoding;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.Vector;
import colonnade.engine.store.format.TableFormat;
import java.util.Arrays;

/** A column of any length as some vectors of as many rows as an {@code int} counts. */
sealed interface KeyWindows {
  /** The vector that has a row. */
  Vector vector(long row);

  /** The number of a row in its vector. */
  int index(long row);

  static Even of(Vector vector) {
    return new Even(new Vector[] {vector}, Even.ALL);
  }

  static Even of(MappedColumn column) {
    long rowCount = column.rowCount();
    boolean constant = column.encoding() == Encoding.CONSTANT;
    Vector[] vectors = new Vector[(int) ((rowCount >>> Even.WINDOW_BITS) + 1)];
    for (int i = 0; i < vectors.length; i++) {
      long first = (long) i << Even.WINDOW_BITS;
      long count = Math.min(rowCount - first, 1L << Even.WINDOW_BITS);
      vectors[i] =
          constant
              ? column.vector(0, (int) Math.min(rowCount, TableFormat.BLOCK_ROWS))
              : column.vector(first, (int) count);
    }
    return new Even(vectors, constant ? 0 : Even.ALL);
  }

  /**
   * Vectors of 2^30 rows each.
   *
   * @param mask what is left of a row's number in its vector; 0 where all rows have one value
   */
  record Even(Vector[] vectors, int mask) implements KeyWindows {
    private static final int WINDOW_BITS = 30;
    private static final int ALL = (1 << WINDOW_BITS) - 1;

    /** Whether there is one vector, in which each row has a value of its own. */
    boolean isSingle() {
      return vectors.length == 1 && mask != 0;
    }

    @Override
    public Vector vector(long row) {
      return vectors[(int) (row >>> WINDOW_BITS)];
    }

    @Override
    public int index(long row) {
      return (int) row & mask;
    }
  }

  /**
   * Vectors of any lengths.
   *
   * @param starts the first row of each, ascending
   */
  record Uneven(Vector[] vectors, int[] starts) implements KeyWindows {
    @Override
    public Vector vector(long row) {
      return vectors[at(row)];
    }

    @Override
    public int index(long row) {
      return (int) row - starts[at(row)];
    }

    private int at(long row) {
      int at = Arrays.binarySearch(starts, (int) row);
      return at >= 0 ? at : -at - 2;
    }
  }
}
