package colonnade.engine.exec.sort;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive sort keys as one string of bits: the numbers of fields of fixed width, then the bytes
 * of at most one plain text, which has no end of its own, so that what follows it is another stage.
 * Rows order as their strings do. Immutable; safe for all threads.
 */
final class SortStage {
  /** As a bit: no bit of the string, but the length of the text. */
  static final long LENGTH = Long.MAX_VALUE;

  /** As a bit: nothing is left. */
  static final long DONE = -1;

  private static final int LENGTH_BITS = 32;

  private final List<SortField> fields;
  private final int[] starts;
  private final int fixedBits;
  private final @Nullable SortText text;

  /** A stage of measured fields. */
  SortStage(List<SortField> fields, @Nullable SortText text) {
    this.fields = List.copyOf(fields);
    this.text = text;
    this.starts = new int[fields.size()];
    int bits = 0;
    for (int f = 0; f < starts.length; f++) {
      starts[f] = bits;
      bits += fields.get(f).bits();
    }
    this.fixedBits = bits;
  }

  /**
   * How many bits from {@code bit} on fit into {@code most}: whole bytes of a text; 0 if there are
   * none left.
   */
  int width(long bit, int most) {
    if (bit == LENGTH) {
      return LENGTH_BITS;
    }
    long fixed = Math.max(0, fixedBits - bit);
    if (text == null || fixed >= most) {
      return (int) Math.min(fixed, most);
    }
    return (int) fixed + (most - (int) fixed) / 8 * 8;
  }

  /**
   * Where to go on with {@code count} rows that are equal up to {@code bit}: there, at {@link
   * #LENGTH} if all texts have ended, or -1 if nothing is left. Null names rows {@code 0 .. count -
   * 1}.
   */
  long next(long bit, int @Nullable [] rows, int count) {
    SortText last = text;
    if (bit == DONE || last == null) {
      return bit < fixedBits ? bit : DONE;
    }
    return bit > fixedBits && last.longest(rows, count) <= (bit - fixedBits) / 8 ? LENGTH : bit;
  }

  /** What follows {@code width} bits from {@code bit} on. */
  long after(long bit, int width) {
    return bit == LENGTH ? DONE : bit + width;
  }

  /** As {@link #after}, and past all further bytes that the rows have in common. */
  long pastCommon(long bit, int width, int @Nullable [] rows, int count) {
    SortText last = text;
    long after = after(bit, width);
    return last == null || after <= fixedBits || after == DONE
        ? after
        : Math.max(after, fixedBits + 8 * last.commonBytes(rows, count));
  }

  /** Writes {@code width} bits from {@code bit} on of rows, named as in {@link SortField#read}. */
  void read(long bit, int width, int @Nullable [] rows, int first, int count, long[] out) {
    SortText last = text;
    if (bit == LENGTH && last != null) {
      last.readLengths(width, rows, first, count, out);
      return;
    }
    long end = bit + width;
    long[] numbers = null;
    boolean empty = true;
    for (int f = 0; f < starts.length; f++) {
      int fieldBits = fields.get(f).bits();
      long fieldEnd = starts[f] + fieldBits;
      if (fieldBits == 0 || fieldEnd <= bit || starts[f] >= end) {
        continue;
      }
      if (!empty && numbers == null) {
        numbers = new long[count];
      }
      long[] read = empty || numbers == null ? out : numbers;
      fields.get(f).read(rows, first, count, read);
      shift(read, count, (int) (end - fieldEnd), fieldEnd - bit);
      if (!empty) {
        or(out, read, count);
      }
      empty = false;
    }
    if (text != null && end > fixedBits) {
      int bytes = (int) Math.min(width, end - fixedBits) / 8;
      if (bytes == 0) {
        return;
      }
      long[] read = empty ? out : new long[count];
      text.read(Math.max(0, bit - fixedBits) / 8, bytes, rows, first, count, read);
      if (!empty) {
        or(out, read, count);
      }
    }
  }

  /** The order of two rows; 0 if this stage does not tell. */
  int compare(int a, int b) {
    for (SortField field : fields) {
      int order = Long.compareUnsigned(field.at(a), field.at(b));
      if (order != 0) {
        return order;
      }
    }
    return text == null ? 0 : text.compare(a, b);
  }

  /** Moves numbers to where their field lies in the window, cutting off what lies before it. */
  private static void shift(long[] numbers, int count, int left, long bitsInWindow) {
    long mask = bitsInWindow >= Long.SIZE ? -1L : (1L << bitsInWindow) - 1;
    for (int i = 0; i < count; i++) {
      long number = numbers[i] & mask;
      numbers[i] = left >= 0 ? number << left : number >>> -left;
    }
  }

  private static void or(long[] out, long[] more, int count) {
    for (int i = 0; i < count; i++) {
      out[i] |= more[i];
    }
  }
}
