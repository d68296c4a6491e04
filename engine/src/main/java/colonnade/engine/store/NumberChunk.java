package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Up to {@link #ROWS} rows as 64 bits each, on their way to codes: first the values' bits, for
 * doubles then the numbers over a power of ten, at last codes. Loops without branches, which the
 * compiler makes vector code of. Reused; not thread-safe.
 */
final class NumberChunk {
  /** The most rows: they stay in the fastest cache. */
  static final int ROWS = 2048;

  /** The rows. */
  final long[] numbers = new long[ROWS];

  private long least;
  private long greatest;

  /**
   * Reads rows {@code [row, row + n)} of those that {@code rows} is about, which begin at row
   * {@code from} of {@code vector}; null rows as row {@code present}.
   */
  void load(Vector vector, int from, RowBits rows, int row, int n, int present) {
    MemorySegment data = vector.data();
    DataType type = vector.type();
    long at = vector.dataOffset() + (long) (from + row) * type.widthBytes();
    switch (type) {
      case I16 -> {
        for (int i = 0; i < n; i++) {
          numbers[i] = data.get(Layouts.SHORT, at + 2L * i);
        }
      }
      case U16 -> {
        for (int i = 0; i < n; i++) {
          numbers[i] = data.get(Layouts.SHORT, at + 2L * i) & 0xffff;
        }
      }
      case I32, DATE -> {
        for (int i = 0; i < n; i++) {
          numbers[i] = data.get(Layouts.INT, at + 4L * i);
        }
      }
      case U32 -> {
        for (int i = 0; i < n; i++) {
          numbers[i] = data.get(Layouts.INT, at + 4L * i) & 0xffff_ffffL;
        }
      }
      default -> MemorySegment.copy(data, Layouts.LONG, at, numbers, 0, n);
    }
    setNulls(rows, row, n, numbers[present - row]);
  }

  /** Makes all of {@code n} rows {@code number}. */
  void fill(int n, long number) {
    Arrays.fill(numbers, 0, n, number);
  }

  /** Makes the rows that are null {@code number}; the chunk begins at {@code row}. */
  void setNulls(RowBits rows, int row, int n, long number) {
    int end = row + n;
    for (int i = rows.nextNull(row); i < end; i = rows.nextNull(i + 1)) {
      numbers[i - row] = number;
    }
  }

  /**
   * Turns the bits of doubles into numbers over {@code 10^decimals}; false, and the chunk is
   * spoilt, if one has no such number.
   */
  boolean scale(int n, int decimals) {
    return DecimalScale.toNumbers(numbers, n, decimals);
  }

  /** Finds {@link #least} and {@link #greatest} of the first {@code n} rows, at least one. */
  void measure(int n) {
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      low = Math.min(low, numbers[i]);
      high = Math.max(high, numbers[i]);
    }
    least = low;
    greatest = high;
  }

  /** The least number that was measured. */
  long least() {
    return least;
  }

  /** The greatest number that was measured. */
  long greatest() {
    return greatest;
  }

  /**
   * Puts rows {@code [first, first + n)} as codes above {@code base}, at {@code at} of a target.
   */
  void pack(MemorySegment target, long at, int codeWidthBytes, long base, int first, int n) {
    switch (codeWidthBytes) {
      case 1 -> {
        for (int i = 0; i < n; i++) {
          target.set(JAVA_BYTE, at + i, (byte) (numbers[first + i] - base));
        }
      }
      case 2 -> {
        for (int i = 0; i < n; i++) {
          target.set(Layouts.SHORT, at + 2L * i, (short) (numbers[first + i] - base));
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          target.set(Layouts.INT, at + 4L * i, (int) (numbers[first + i] - base));
        }
      }
    }
  }
}
