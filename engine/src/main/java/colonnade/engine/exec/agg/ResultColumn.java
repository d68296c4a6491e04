package colonnade.engine.exec.agg;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of one block of a result while it is written: values are set by row, text in row order.
 * Its memory is of the region it is given. Used by one thread.
 */
final class ResultColumn {
  private final DataType type;
  private final @Nullable Dictionary dictionary;
  private final int codeWidthBytes;
  private final int rowCount;
  private final QueryMemory.Region region;
  private MemorySegment data;
  private @Nullable MemorySegment validity;

  private byte[] text = new byte[0];
  private int textLength;
  private @Nullable MemorySegment offsets;

  private ResultColumn(
      DataType type, @Nullable Dictionary dictionary, int rowCount, QueryMemory.Region region) {
    this.type = type;
    this.dictionary = dictionary;
    this.codeWidthBytes = dictionary == null ? 0 : Dictionary.codeWidthBytes(dictionary.size());
    this.rowCount = rowCount;
    this.region = region;
    boolean variable = type.isVariable() && dictionary == null;
    if (variable) {
      offsets = region.allocate(8L * (rowCount + 1));
      data = offsets;
    } else {
      int width = dictionary == null ? type.widthBytes() : codeWidthBytes;
      data = region.allocate((long) width * rowCount);
    }
  }

  /** A column of plain values. */
  static ResultColumn plain(DataType type, int rowCount, QueryMemory.Region region) {
    return new ResultColumn(type, null, rowCount, region);
  }

  /** A column of codes. */
  static ResultColumn coded(Dictionary dictionary, int rowCount, QueryMemory.Region region) {
    return new ResultColumn(dictionary.type(), dictionary, rowCount, region);
  }

  /** Sets an integer, boolean, temporal value or code. */
  void setLong(int row, long value) {
    switch (dictionary == null ? type.widthBytes() : codeWidthBytes) {
      case 1 -> data.set(JAVA_BYTE, row, (byte) value);
      case 2 -> data.set(JAVA_SHORT_UNALIGNED, 2L * row, (short) value);
      case 4 -> data.set(JAVA_INT_UNALIGNED, 4L * row, (int) value);
      default -> data.set(JAVA_LONG_UNALIGNED, 8L * row, value);
    }
  }

  /** Sets a floating-point value; every NaN becomes the same NaN. */
  void setDouble(int row, double given) {
    double value = Double.isNaN(given) ? Double.NaN : given;
    if (type == DataType.F32) {
      data.set(JAVA_FLOAT_UNALIGNED, 4L * row, (float) value);
    } else {
      data.set(JAVA_DOUBLE_UNALIGNED, 8L * row, value);
    }
  }

  /** Sets a value of fixed width given as a cell. */
  void setCell(int row, long cell) {
    if (type.isFloating()) {
      setDouble(row, Double.longBitsToDouble(cell));
    } else {
      setLong(row, cell);
    }
  }

  /** Sets a text or binary value; rows come in order, none is left out. */
  void setBytes(int row, MemorySegment bytes, long start, int length) {
    if (textLength + length > text.length) {
      int wanted = Math.addExact(textLength, length);
      text = Arrays.copyOf(text, Math.clamp(2L * wanted, 64, Integer.MAX_VALUE - 8));
    }
    MemorySegment.copy(bytes, JAVA_BYTE, start, text, textLength, length);
    textLength += length;
    endText(row);
  }

  /** As {@link #setBytes(int, MemorySegment, long, int)}. */
  void setBytes(int row, byte[] bytes) {
    setBytes(row, MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  /** Makes a row null. */
  void setNull(int row) {
    MemorySegment bits = validity;
    if (bits == null) {
      bits = region.allocate((rowCount + 63L) / 64 * 8);
      bits.fill((byte) -1);
      validity = bits;
    }
    int at = row >> 3;
    bits.set(JAVA_BYTE, at, (byte) (bits.get(JAVA_BYTE, at) & ~(1 << (row & 7))));
    if (offsets != null) {
      endText(row);
    }
  }

  /** The values; nothing may be set any more. */
  Vector build() {
    MemorySegment starts = offsets;
    if (starts != null) {
      MemorySegment bytes = region.allocate(textLength);
      MemorySegment.copy(text, 0, bytes, JAVA_BYTE, 0, textLength);
      text = new byte[0];
      return Vector.variable(type, bytes, 0, starts, 0, validity, 0);
    }
    Dictionary entries = dictionary;
    return entries == null
        ? Vector.fixed(type, data, 0, validity, 0)
        : Vector.coded(entries, codeWidthBytes, data, 0, validity, 0);
  }

  private void endText(int row) {
    MemorySegment starts = offsets;
    if (starts != null) {
      starts.set(JAVA_LONG_UNALIGNED, 8L * (row + 1), textLength);
    }
  }
}
