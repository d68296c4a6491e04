package colonnade.engine.exec.agg;

import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import org.jspecify.annotations.Nullable;

/**
 * The values that a key can have, apart from null: the integers from {@code least} to {@code
 * greatest}, or the codes of a dictionary that all of its vectors use. Never a guess. An immutable
 * value.
 *
 * @param dictionary what the codes stand for; null for integers
 */
public record KeyDomain(long least, long greatest, @Nullable Dictionary dictionary) {
  /** The integers from {@code least} to {@code greatest}. */
  public static KeyDomain of(long least, long greatest) {
    return new KeyDomain(least, greatest, null);
  }

  /** The entries of {@code dictionary}. */
  public static KeyDomain of(Dictionary dictionary) {
    return new KeyDomain(0, Math.max(0, dictionary.size() - 1), dictionary);
  }

  /**
   * Checks that the values of {@code vector} are what this describes.
   *
   * @throws IllegalStateException if the domain has a dictionary that the vector does not use
   */
  void require(Vector vector) {
    Dictionary expected = dictionary;
    if (expected != null
        && vector.dictionary() != expected
        && !expected.equals(vector.dictionary())) {
      throw new IllegalStateException("a key does not use its column's dictionary");
    }
  }

  /** The number of values, null not counted; {@link Long#MAX_VALUE} if it does not fit a long. */
  public long size() {
    long size = greatest - least + 1;
    return size <= 0 ? Long.MAX_VALUE : size;
  }

  /** The key's domain, or else that of its type where it is less than 64 bits wide, or null. */
  static @Nullable KeyDomain ofType(GroupKey key) {
    KeyDomain known = key.domain();
    if (known != null) {
      return known;
    }
    return switch (key.type()) {
      case BOOL -> of(0, 1);
      case I8 -> of(Byte.MIN_VALUE, Byte.MAX_VALUE);
      case U8 -> of(0, 0xff);
      case I16 -> of(Short.MIN_VALUE, Short.MAX_VALUE);
      case U16 -> of(0, 0xffff);
      case I32, DATE -> of(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case U32 -> of(0, 0xffff_ffffL);
      case I64, TIMESTAMP_MICROS, F32, F64, UTF8, BINARY -> null;
    };
  }
}
