package colonnade.engine.store.key;

import colonnade.DataType;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/**
 * The keys of some rows, none of them null: to be hashed, and compared with the keys of other rows
 * of the same type. A view on memory of somebody else. As safe for threads as that.
 */
public abstract sealed class KeyRows permits FixedKeys, ByteKeys {
  KeyRows() {}

  /** Whether a column of this type can hold keys: all but floating point and booleans. */
  public static boolean isPossible(DataType type) {
    return type.isVariable() || type.isInteger() || type.isTemporal();
  }

  /** The rows of a column. */
  public static KeyRows of(MappedColumn column) {
    KeyWindows.Even windows = KeyWindows.of(column);
    return column.field().type().isVariable()
        ? new ByteKeys.OfVectors(windows)
        : FixedKeys.of(windows);
  }

  /** The rows of a vector, plain or encoded. */
  public static KeyRows of(Vector vector) {
    KeyWindows.Even windows = KeyWindows.of(vector);
    return vector.type().isVariable() ? new ByteKeys.OfVectors(windows) : FixedKeys.of(windows);
  }

  /**
   * The rows of some vectors of one type, one behind the other.
   *
   * @param starts the first row of each
   */
  public static KeyRows of(Vector[] vectors, int[] starts) {
    KeyWindows windows = new KeyWindows.Uneven(vectors, starts);
    return vectors[0].type().isVariable()
        ? new ByteKeys.OfVectors(windows)
        : new FixedKeys.OfVectors(windows);
  }

  /** One row with an integer, date or timestamp. */
  public static KeyRows of(long key) {
    return new FixedKeys.One(key);
  }

  /** One row with text or bytes. */
  public static KeyRows of(byte[] key) {
    return new ByteKeys.One(MemorySegment.ofArray(key));
  }

  /** The rows of this that {@code rows} names, in that order. */
  public KeyRows chosen(int[] rows) {
    return this instanceof FixedKeys fixed
        ? new FixedKeys.Chosen(fixed, rows)
        : new ByteKeys.Chosen((ByteKeys) this, rows);
  }

  /** The first {@code rowCount} rows of this and then those of {@code more}, of the same type. */
  public KeyRows followedBy(KeyRows more, long rowCount) {
    return this instanceof FixedKeys first && more instanceof FixedKeys second
        ? new FixedKeys.Joined(first, rowCount, second)
        : new ByteKeys.Joined((ByteKeys) this, rowCount, (ByteKeys) more);
  }

  /** The hash of a row's key. */
  public abstract long hash(long row);

  /** Whether a row has the key that a row of {@code other} has. */
  public abstract boolean same(long row, KeyRows other, long otherRow);
}
