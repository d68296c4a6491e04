package colonnade.engine.exec.sort;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.function.IntToLongFunction;

/**
 * Ranks texts by their bytes, unsigned: equal texts have equal ranks. A merge sort of positions;
 * heap use is 8 bytes a text.
 */
final class TextRanks {
  private final MemorySegment bytes;
  private final IntToLongFunction start;
  private final int count;

  /** The {@code count} texts {@code bytes[start(i), start(i + 1))}. */
  TextRanks(MemorySegment bytes, IntToLongFunction start, int count) {
    this.bytes = bytes;
    this.start = start;
    this.count = count;
  }

  /** The rank of each text, from 0. */
  int[] ranks() {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    int[] spare = order.clone();
    sort(spare, order, 0, count);
    int[] ranks = new int[count];
    int rank = 0;
    for (int i = 0; i < count; i++) {
      if (i > 0 && compare(order[i - 1], order[i]) != 0) {
        rank++;
      }
      ranks[order[i]] = rank;
    }
    return ranks;
  }

  /** Sorts {@code [from, to)} of {@code target}; {@code source} holds the same positions there. */
  private void sort(int[] source, int[] target, int from, int to) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(target, source, from, middle);
    sort(target, source, middle, to);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      if (right >= to || left < middle && compare(source[left], source[right]) <= 0) {
        target[i] = source[left++];
      } else {
        target[i] = source[right++];
      }
    }
  }

  private int compare(int a, int b) {
    long aStart = start.applyAsLong(a);
    long bStart = start.applyAsLong(b);
    long aLength = start.applyAsLong(a + 1) - aStart;
    long bLength = start.applyAsLong(b + 1) - bStart;
    long common = Math.min(aLength, bLength);
    long at =
        MemorySegment.mismatch(bytes, aStart, aStart + common, bytes, bStart, bStart + common);
    if (at < 0) {
      return Long.compare(aLength, bLength);
    }
    return Byte.compareUnsigned(
        bytes.get(JAVA_BYTE, aStart + at), bytes.get(JAVA_BYTE, bStart + at));
  }
}
