package colonnade.engine.csv;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * Moves whole numbers of 1, 2, 4 or 8 bytes with their signs from memory outside the heap to arrays
 * of longs and back. It copies them in bulk and loops over arrays only: before the optimizing
 * compiler has come to it, a loop over a segment takes some hundred nanoseconds a value. Not
 * thread-safe.
 */
final class NumberBytes {
  /** Numbers that are moved at a time: they stay in the fastest cache. */
  private static final int STEP = 2048;

  private byte[] bytes = {};
  private short[] shorts = {};
  private int[] ints = {};
  private long[] longs = {};

  /** Writes numbers {@code [from, from + count)} of {@code source} to {@code target}. */
  void load(MemorySegment source, int width, long from, long[] target, int count) {
    for (int at = 0; at < count; at += STEP) {
      load(source, width, from + at, target, at, Math.min(STEP, count - at));
    }
  }

  private void load(MemorySegment source, int width, long from, long[] target, int at, int n) {
    switch (width) {
      case 1 -> {
        bytes = bytes.length < n ? new byte[n] : bytes;
        MemorySegment.copy(source, JAVA_BYTE, from, bytes, 0, n);
        widen(bytes, target, at, n);
      }
      case 2 -> {
        shorts = shorts.length < n ? new short[n] : shorts;
        MemorySegment.copy(source, JAVA_SHORT, 2 * from, shorts, 0, n);
        widen(shorts, target, at, n);
      }
      case 4 -> {
        ints = ints.length < n ? new int[n] : ints;
        MemorySegment.copy(source, JAVA_INT, 4 * from, ints, 0, n);
        widen(ints, target, at, n);
      }
      default -> MemorySegment.copy(source, JAVA_LONG, 8 * from, target, at, n);
    }
  }

  /** Writes the low bytes of {@code count} numbers to {@code target}, from number {@code to} on. */
  void store(long[] source, MemorySegment target, int width, long to, int count) {
    for (int at = 0; at < count; at += STEP) {
      store(source, at, target, width, to + at, Math.min(STEP, count - at));
    }
  }

  private void store(long[] source, int at, MemorySegment target, int width, long to, int n) {
    switch (width) {
      case 1 -> {
        bytes = bytes.length < n ? new byte[n] : bytes;
        narrow(source, at, bytes, n);
        MemorySegment.copy(bytes, 0, target, JAVA_BYTE, to, n);
      }
      case 2 -> {
        shorts = shorts.length < n ? new short[n] : shorts;
        narrow(source, at, shorts, n);
        MemorySegment.copy(shorts, 0, target, JAVA_SHORT, 2 * to, n);
      }
      case 4 -> {
        ints = ints.length < n ? new int[n] : ints;
        narrow(source, at, ints, n);
        MemorySegment.copy(ints, 0, target, JAVA_INT, 4 * to, n);
      }
      default -> MemorySegment.copy(source, at, target, JAVA_LONG, 8 * to, n);
    }
  }

  /** The fewest bytes that hold each of the first {@code count} numbers. */
  int narrowest(MemorySegment source, int width, int count) {
    long used = 0;
    for (int from = 0; from < count; from += STEP) {
      int n = Math.min(STEP, count - from);
      used |= used(step(source, width, from, n), n);
    }
    int bits = 65 - Long.numberOfLeadingZeros(used);
    return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
  }

  /** Copies the first {@code count} numbers to others of {@code targetWidth}, which hold them. */
  void copy(MemorySegment source, int width, MemorySegment target, int targetWidth, int count) {
    for (int from = 0; from < count; from += STEP) {
      int n = Math.min(STEP, count - from);
      store(step(source, width, from, n), 0, target, targetWidth, from, n);
    }
  }

  private long[] step(MemorySegment source, int width, int from, int n) {
    longs = longs.length < n ? new long[n] : longs;
    load(source, width, from, longs, 0, n);
    return longs;
  }

  /** Bits that are not the sign's in any of the numbers. */
  private static long used(long[] numbers, int n) {
    long used = 0;
    for (int i = 0; i < n; i++) {
      used |= numbers[i] ^ numbers[i] >> 63;
    }
    return used;
  }

  private static void widen(byte[] source, long[] target, int at, int n) {
    for (int i = 0; i < n; i++) {
      target[at + i] = source[i];
    }
  }

  private static void widen(short[] source, long[] target, int at, int n) {
    for (int i = 0; i < n; i++) {
      target[at + i] = source[i];
    }
  }

  private static void widen(int[] source, long[] target, int at, int n) {
    for (int i = 0; i < n; i++) {
      target[at + i] = source[i];
    }
  }

  private static void narrow(long[] source, int at, byte[] target, int n) {
    for (int i = 0; i < n; i++) {
      target[i] = (byte) source[at + i];
    }
  }

  private static void narrow(long[] source, int at, short[] target, int n) {
    for (int i = 0; i < n; i++) {
      target[i] = (short) source[at + i];
    }
  }

  private static void narrow(long[] source, int at, int[] target, int n) {
    for (int i = 0; i < n; i++) {
      target[i] = (int) source[at + i];
    }
  }
}
