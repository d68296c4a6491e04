package colonnade.parquet;

import java.util.Arrays;

/**
 * The bytes of a few thousand values, one after the other, on the heap: where decoders of text and
 * binary put what they read. Reused from step to step. Not safe for threads.
 */
final class ValueBytes {
  /**
   * Bytes of one step at most: those of the largest page. Codes and prefixes may stand for more.
   */
  private static final int LIMIT = 1 << 27;

  byte[] array = new byte[1 << 12];
  int[] ends = new int[1 << 8];
  int count;

  void clear() {
    count = 0;
  }

  int size() {
    return count == 0 ? 0 : ends[count - 1];
  }

  int start(int value) {
    return value == 0 ? 0 : ends[value - 1];
  }

  int length(int value) {
    return ends[value] - start(value);
  }

  void append(byte[] from, int start, int length) {
    int size = size();
    room(size, length);
    System.arraycopy(from, start, array, size, length);
    end(size + length);
  }

  /** Appends the first {@code prefix} bytes of {@code before}, then bytes of {@code from}. */
  void append(byte[] before, int prefix, byte[] from, int start, int length) {
    int size = size();
    room(size, (long) prefix + length);
    System.arraycopy(before, 0, array, size, prefix);
    System.arraycopy(from, start, array, size + prefix, length);
    end(size + prefix + length);
  }

  private void room(int size, long length) {
    if (length > LIMIT - size) {
      throw new BadPage("values of more than 128 MiB in a few rows");
    }
    if (size + length > array.length) {
      try {
        array =
            Arrays.copyOf(array, (int) Math.min(LIMIT, Math.max(size + length, array.length * 2L)));
      } catch (OutOfMemoryError e) {
        throw new BadPage("values of more bytes than the heap has room for", e);
      }
    }
  }

  private void end(int end) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    ends[count++] = end;
  }
}
