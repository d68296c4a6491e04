package colonnade.arrow;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of one column of a record batch to be written: windows on the vector's memory where
 * the layouts agree, otherwise copies.
 *
 * @param nullCount nulls among the rows
 * @param buffers in Arrow's order; one without bytes where there are no nulls
 */
record ColumnBuffers(long nullCount, List<MemorySegment> buffers) {
  private static final MemorySegment EMPTY = MemorySegment.NULL;

  /**
   * The buffers of a vector's first {@code rowCount} rows.
   *
   * @param entries turns text into codes; null to write the text itself
   */
  static ColumnBuffers of(Vector vector, int rowCount, @Nullable TextEntries entries, Arena arena) {
    long nulls = nulls(vector, rowCount);
    MemorySegment validity =
        nulls == 0 ? EMPTY : vector.validity().asSlice(vector.validityOffset(), rowCount + 7L >> 3);
    if (entries != null) {
      return new ColumnBuffers(nulls, List.of(validity, codes(vector, rowCount, entries, arena)));
    }
    if (vector.type().isVariable()) {
      return text(vector, rowCount, nulls, validity, arena);
    }
    MemorySegment data =
        vector.type() == DataType.BOOL
            ? bits(vector, rowCount, arena)
            : vector
                .data()
                .asSlice(vector.dataOffset(), (long) rowCount * vector.type().widthBytes());
    return new ColumnBuffers(nulls, List.of(validity, data));
  }

  private static long nulls(Vector vector, int rowCount) {
    if (vector.validity() == null) {
      return 0;
    }
    int present = 0;
    int whole = rowCount >> 3;
    for (int i = 0; i < whole; i++) {
      present +=
          Integer.bitCount(vector.validity().get(JAVA_BYTE, vector.validityOffset() + i) & 0xff);
    }
    for (int i = whole << 3; i < rowCount; i++) {
      present += vector.isNull(i) ? 0 : 1;
    }
    return rowCount - present;
  }

  private static MemorySegment bits(Vector vector, int rowCount, Arena arena) {
    MemorySegment bits = arena.allocate(rowCount + 7L >> 3, 8);
    for (int i = 0; i < rowCount; i++) {
      if (vector.data().get(JAVA_BYTE, vector.dataOffset() + i) != 0) {
        bits.set(JAVA_BYTE, i >> 3, (byte) (bits.get(JAVA_BYTE, i >> 3) | 1 << (i & 7)));
      }
    }
    return bits;
  }

  private static MemorySegment codes(
      Vector vector, int rowCount, TextEntries entries, Arena arena) {
    MemorySegment codes = arena.allocate(Math.max(1, 4L * rowCount), 8);
    int[] known = vector.isCoded() ? entries.codes(vector.dictionary()) : null;
    for (int i = 0; i < rowCount; i++) {
      if (!vector.isNull(i)) {
        int code = known == null ? entries.code(vector.bytesAt(i)) : known[vector.code(i)];
        codes.set(JAVA_INT_UNALIGNED, 4L * i, code);
      }
    }
    return codes.asSlice(0, 4L * rowCount);
  }

  private static ColumnBuffers text(
      Vector vector, int rowCount, long nulls, MemorySegment validity, Arena arena) {
    MemorySegment offsets = arena.allocate(8L * (rowCount + 1), 8);
    if (vector.isCoded()) {
      return spelled(vector, rowCount, nulls, validity, offsets, arena);
    }
    long first = vector.start(0);
    for (int i = 0; i <= rowCount; i++) {
      offsets.set(JAVA_LONG_UNALIGNED, 8L * i, vector.start(i) - first);
    }
    MemorySegment bytes = vector.data().asSlice(first, vector.start(rowCount) - first);
    return new ColumnBuffers(nulls, List.of(validity, offsets, bytes));
  }

  /** Codes written as the text they stand for. */
  private static ColumnBuffers spelled(
      Vector vector,
      int rowCount,
      long nulls,
      MemorySegment validity,
      MemorySegment offsets,
      Arena arena) {
    long size = 0;
    for (int i = 0; i < rowCount; i++) {
      size += vector.isNull(i) ? 0 : vector.dictionary().length(vector.code(i));
      offsets.set(JAVA_LONG_UNALIGNED, 8L * (i + 1), size);
    }
    MemorySegment bytes = arena.allocate(Math.max(1, size), 8);
    for (int i = 0; i < rowCount; i++) {
      if (!vector.isNull(i)) {
        int code = vector.code(i);
        MemorySegment.copy(
            vector.dictionary().bytes(),
            vector.dictionary().start(code),
            bytes,
            offsets.get(JAVA_LONG_UNALIGNED, 8L * i),
            vector.dictionary().length(code));
      }
    }
    return new ColumnBuffers(nulls, List.of(validity, offsets, bytes.asSlice(0, size)));
  }
}
