package colonnade.engine.exec.hash;

import colonnade.DataType;
import colonnade.engine.exec.Sizes;
import colonnade.engine.store.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the key columns of up to a batch of rows as cells and a hash per row. Keys are equal
 * exactly when all their cells are: text becomes its number in a {@link TextPool}, a null is a bit
 * in one more cell, all NaN are one value and so are both zeros. The hash is that of the values,
 * the same whichever pool or dictionary they come from. Used by one thread; the results hold until
 * the next call.
 */
final class KeyEncoder {
  private final List<DataType> types;
  private final @Nullable TextReader[] texts;
  private final long[][] cells;
  private final long[] hashes = new long[Sizes.BATCH_ROWS];
  private boolean sawNull;

  /**
   * @param adding whether text that the pools do not have is added to them
   * @param pools a pool per column, null where it is of fixed width
   */
  KeyEncoder(List<DataType> types, @Nullable TextPool[] pools, boolean adding) {
    this.types = types;
    this.texts = new TextReader[types.size()];
    this.cells = new long[cellsPerKey(types.size())][Sizes.BATCH_ROWS];
    for (int c = 0; c < texts.length; c++) {
      TextPool pool = pools[c];
      texts[c] = pool == null ? null : new TextReader(pool, adding);
    }
  }

  /** Forgets the texts of all pools. */
  void clear() {
    for (TextReader text : texts) {
      if (text != null) {
        text.clear();
      }
    }
  }

  /** Cells of a key: one per column, and one per 64 columns for its nulls. */
  static int cellsPerKey(int columns) {
    return columns + (columns + 63) / 64;
  }

  /** Encodes {@code count} rows; {@code rows} null means rows {@code 0 .. count - 1}. */
  void encode(Vector[] keys, int @Nullable [] rows, int count) {
    int columns = types.size();
    Arrays.fill(hashes, 0, count, 0L);
    for (int m = columns; m < cells.length; m++) {
      Arrays.fill(cells[m], 0, count, 0L);
    }
    sawNull = false;
    for (int c = 0; c < columns; c++) {
      Vector key = keys[c];
      long[] column = cells[c];
      TextReader text = texts[c];
      if (text == null) {
        Cells.comparable(key, rows, count, column);
      } else {
        text.read(key, rows, count, column);
        combineText(text.pool(), column, count);
      }
      if (key.validity() != null) {
        markNulls(key, c, rows, count);
      }
      if (text == null) {
        combine(column, count);
      }
    }
  }

  /** The cells of column {@code c}. */
  long[] cells(int c) {
    return cells[c];
  }

  /** The hash of each row's key. */
  long[] hashes() {
    return hashes;
  }

  /** Whether one of the rows has a null among its keys. */
  boolean sawNull() {
    return sawNull;
  }

  /** Whether row {@code i} has a null among its keys. */
  boolean hasNull(int i) {
    for (int m = types.size(); m < cells.length; m++) {
      if (cells[m][i] != 0) {
        return true;
      }
    }
    return false;
  }

  private void combine(long[] column, int count) {
    for (int i = 0; i < count; i++) {
      hashes[i] = Hash.combine(hashes[i], column[i]);
    }
  }

  /** A null, and a text that no key has, counts as the hash 0. */
  private void combineText(TextPool pool, long[] ids, int count) {
    for (int i = 0; i < count; i++) {
      hashes[i] = Hash.combine(hashes[i], ids[i] < 0 ? 0 : pool.hash((int) ids[i]));
    }
  }

  private void markNulls(Vector key, int c, int @Nullable [] rows, int count) {
    long[] column = cells[c];
    long[] mask = cells[types.size() + c / 64];
    for (int i = 0; i < count; i++) {
      if (key.isNull(rows == null ? i : rows[i])) {
        column[i] = 0;
        mask[i] |= 1L << c;
        sawNull = true;
      }
    }
  }
}
