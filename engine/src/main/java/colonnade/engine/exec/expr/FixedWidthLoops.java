package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Loops between 64-bit values on the heap and plain values or codes in native memory. One small
 * loop per width: a switch inside the loop may keep the compiler from inlining the accesses, which
 * then cost 40 times as much. {@code list} has the rows, null for the first {@code n}; value {@code
 * k} of the heap is that of row {@code list[k]}.
 */
final class FixedWidthLoops {
  private FixedWidthLoops() {}

  /** Stores the low bytes of {@code values}. */
  static void store(
      long[] values, int widthBytes, int @Nullable [] list, int n, MemorySegment out) {
    switch (widthBytes) {
      case 1 -> storeBytes(values, list, n, out);
      case 2 -> storeShorts(values, list, n, out);
      case 4 -> storeInts(values, list, n, out);
      default -> storeLongs(values, list, n, out);
    }
  }

  /** Looks the codes up in {@code table}. */
  static void lookUp(Vector codes, long[] table, int @Nullable [] list, int n, long[] out) {
    MemorySegment data = codes.data();
    long offset = codes.dataOffset();
    switch (codes.codeWidthBytes()) {
      case 1 -> lookUpBytes(data, offset, table, list, n, out);
      case 2 -> lookUpShorts(data, offset, table, list, n, out);
      default -> lookUpInts(data, offset, table, list, n, out);
    }
  }

  private static void storeBytes(long[] values, int @Nullable [] list, int n, MemorySegment out) {
    for (int k = 0; k < n; k++) {
      out.set(JAVA_BYTE, list == null ? k : list[k], (byte) values[k]);
    }
  }

  private static void storeShorts(long[] values, int @Nullable [] list, int n, MemorySegment out) {
    for (int k = 0; k < n; k++) {
      out.set(JAVA_SHORT_UNALIGNED, 2L * (list == null ? k : list[k]), (short) values[k]);
    }
  }

  private static void storeInts(long[] values, int @Nullable [] list, int n, MemorySegment out) {
    for (int k = 0; k < n; k++) {
      out.set(JAVA_INT_UNALIGNED, 4L * (list == null ? k : list[k]), (int) values[k]);
    }
  }

  private static void storeLongs(long[] values, int @Nullable [] list, int n, MemorySegment out) {
    for (int k = 0; k < n; k++) {
      out.set(JAVA_LONG_UNALIGNED, 8L * (list == null ? k : list[k]), values[k]);
    }
  }

  private static void lookUpBytes(
      MemorySegment codes, long offset, long[] table, int @Nullable [] list, int n, long[] out) {
    for (int k = 0; k < n; k++) {
      int i = list == null ? k : list[k];
      out[k] = table[codes.get(JAVA_BYTE, offset + i) & 0xff];
    }
  }

  private static void lookUpShorts(
      MemorySegment codes, long offset, long[] table, int @Nullable [] list, int n, long[] out) {
    for (int k = 0; k < n; k++) {
      int i = list == null ? k : list[k];
      out[k] = table[codes.get(JAVA_SHORT_UNALIGNED, offset + 2L * i) & 0xffff];
    }
  }

  private static void lookUpInts(
      MemorySegment codes, long offset, long[] table, int @Nullable [] list, int n, long[] out) {
    for (int k = 0; k < n; k++) {
      int i = list == null ? k : list[k];
      out[k] = table[codes.get(JAVA_INT_UNALIGNED, offset + 4L * i)];
    }
  }
}
