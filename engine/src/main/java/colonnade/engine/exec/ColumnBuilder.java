package colonnade.engine.exec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.kernel.ByType;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column that grows row by row or by the selected rows of vectors, dense, in native memory of a
 * region. Text keeps its dictionary codes as long as all vectors bring the same dictionary, and
 * becomes plain at the first that does not. Not thread-safe. {@link #clear} keeps the memory for
 * the next use; windows given out before are then invalid.
 */
public final class ColumnBuilder {
  private static final int FIRST_CAPACITY = 256;

  private final DataType type;
  private final QueryMemory.Region region;
  private int rowCount;
  private MemorySegment data;
  private long dataBytes;
  private @Nullable MemorySegment offsets;
  private @Nullable MemorySegment validity;
  private @Nullable Dictionary dictionary;
  private int width;
  private boolean keepsCodes = true;

  /** An empty column of {@code type} in memory of {@code region}. */
  public ColumnBuilder(DataType type, QueryMemory.Region region) {
    this.type = type;
    this.region = region;
    this.width = type.widthBytes();
    this.data = MemorySegment.NULL;
  }

  /** Rows so far. */
  public int rowCount() {
    return rowCount;
  }

  /** The type of the values. */
  public DataType type() {
    return type;
  }

  /** Bytes that the rows take, without dictionary. */
  public long byteCount() {
    long perRow = isPlainText() ? 8 : width;
    return perRow * rowCount + dataBytes + (validity == null ? 0 : rowCount / 8);
  }

  /** Forgets all rows and keeps the memory. */
  public void clear() {
    rowCount = 0;
    dataBytes = 0;
    validity = null;
    dictionary = null;
  }

  /** Never keeps codes: text becomes plain at once. To be called before the first row. */
  public void plain() {
    keepsCodes = false;
  }

  /** Makes room for {@code more} rows at once, where the width is known before the first. */
  public void reserve(int more) {
    if (!type.isVariable() && (long) (rowCount + more) * width > data.byteSize()) {
      data = grown(data, (long) rowCount * width, (long) (rowCount + more) * width);
    }
  }

  /** Appends the selected rows of {@code vector}. */
  public void append(Vector vector, Selection selection) {
    if (selection.isAll()) {
      append(vector, 0, selection.count());
    } else {
      append(vector, selection.toList(), selection.count());
    }
  }

  /** Appends rows {@code [from, from + count)} of {@code vector}. */
  public void append(Vector vector, int from, int count) {
    prepare(vector, count);
    int start = rowCount;
    if (isPlainText()) {
      MemorySegment o = offsets();
      if (vector.isCoded()) {
        for (int i = 0; i < count; i++) {
          appendBytesOf(vector, from + i, o, start + i);
        }
      } else {
        long first = vector.start(from);
        long shift = dataBytes - first;
        long bytes = vector.start(from + count) - first;
        ensureBytes(bytes);
        MemorySegment.copy(vector.data(), first, data, dataBytes, bytes);
        MemorySegment source = Objects.requireNonNull(vector.offsets());
        long at = vector.offsetsOffset() + 8L * (from + 1);
        shift += vector.dataOffset();
        for (int i = 0; i < count; i++) {
          o.set(
              JAVA_LONG_UNALIGNED,
              8L * (start + i + 1),
              source.get(JAVA_LONG_UNALIGNED, at + 8L * i) + shift);
        }
        dataBytes += bytes;
      }
    } else {
      MemorySegment.copy(
          vector.data(),
          vector.dataOffset() + (long) from * width,
          data,
          (long) start * width,
          (long) count * width);
    }
    MemorySegment bits = validity;
    if (bits != null) {
      for (int i = 0; i < count; i++) {
        setValid(bits, start + i, !vector.isNull(from + i));
      }
    }
    rowCount = start + count;
  }

  /**
   * Appends the rows of {@code vector} whose numbers are the first {@code count} of {@code rows},
   * in that order; repeats are fine.
   */
  public void append(Vector vector, int[] rows, int count) {
    prepare(vector, count);
    int start = rowCount;
    if (isPlainText()) {
      if (vector.isCoded()) {
        MemorySegment o = offsets();
        for (int i = 0; i < count; i++) {
          appendBytesOf(vector, rows[i], o, start + i);
        }
      } else {
        appendTexts(vector, rows, count);
      }
    } else {
      ByType.gather(
          Kernels.scalar(),
          width,
          vector.data(),
          vector.dataOffset(),
          rows,
          count,
          data,
          (long) start * width);
    }
    MemorySegment bits = validity;
    if (bits != null) {
      for (int i = 0; i < count; i++) {
        setValid(bits, start + i, !vector.isNull(rows[i]));
      }
    }
    rowCount = start + count;
  }

  /**
   * As {@link #append(Vector, int[], int)}, where the row number -1 is a null. {@code rows} is
   * changed meanwhile, and afterwards as it was.
   */
  public void appendOrNull(Vector vector, int[] rows, int count) {
    int start = rowCount;
    int nulls = 0;
    for (int i = 0; i < count; i++) {
      nulls += rows[i] < 0 ? 1 : 0;
    }
    if (nulls == count) {
      appendNulls(count);
      return;
    }
    if (nulls == 0) {
      append(vector, rows, count);
      return;
    }
    int present = 0;
    while (rows[present] < 0) {
      present++;
    }
    int anyRow = rows[present];
    long[] missing = new long[(count + 63) >>> 6];
    for (int i = 0; i < count; i++) {
      if (rows[i] < 0) {
        missing[i >>> 6] |= 1L << i;
        rows[i] = anyRow;
      }
    }
    append(vector, rows, count);
    MemorySegment bits = requireValidity();
    for (int i = 0; i < count; i++) {
      if ((missing[i >>> 6] >>> i & 1) != 0) {
        rows[i] = -1;
        setValid(bits, start + i, false);
      }
    }
  }

  /** Appends nulls. */
  public void appendNulls(int count) {
    ensureRows(count);
    MemorySegment bits = requireValidity();
    for (int i = 0; i < count; i++) {
      if (isPlainText()) {
        offsets().set(JAVA_LONG_UNALIGNED, 8L * (rowCount + 1), dataBytes);
      } else {
        data.asSlice((long) rowCount * width, width).fill((byte) 0);
      }
      setValid(bits, rowCount, false);
      rowCount++;
    }
  }

  /** Appends one integer, boolean (0 or 1) or temporal value, cut to the type's width. */
  public void appendLong(long value) {
    ensureRows(1);
    switch (width) {
      case 1 -> data.set(JAVA_BYTE, rowCount, (byte) value);
      case 2 -> data.set(JAVA_SHORT_UNALIGNED, 2L * rowCount, (short) value);
      case 4 -> data.set(JAVA_INT_UNALIGNED, 4L * rowCount, (int) value);
      default -> data.set(JAVA_LONG_UNALIGNED, 8L * rowCount, value);
    }
    ended();
  }

  /** Appends one floating-point value. */
  public void appendDouble(double value) {
    ensureRows(1);
    if (width == 4) {
      data.set(JAVA_INT_UNALIGNED, 4L * rowCount, Float.floatToRawIntBits((float) value));
    } else {
      data.set(JAVA_LONG_UNALIGNED, 8L * rowCount, Double.doubleToRawLongBits(value));
    }
    ended();
  }

  /** Appends one text or binary value. */
  public void appendBytes(byte[] value) {
    toPlain();
    ensureRows(1);
    ensureBytes(value.length);
    MemorySegment.copy(value, 0, data, JAVA_BYTE, dataBytes, value.length);
    dataBytes += value.length;
    offsets().set(JAVA_LONG_UNALIGNED, 8L * (rowCount + 1), dataBytes);
    ended();
  }

  /** A window on the rows from {@code firstRow}, a multiple of 8, on. */
  public Vector vector(int firstRow) {
    MemorySegment bits = validity;
    Dictionary entries = dictionary;
    if (entries != null) {
      return Vector.coded(entries, width, data, (long) firstRow * width, bits, firstRow >> 3);
    }
    if (type.isVariable()) {
      ensureRows(0);
      return Vector.variable(type, data, 0, offsets(), 8L * firstRow, bits, firstRow >> 3);
    }
    return Vector.fixed(type, data, (long) firstRow * width, bits, firstRow >> 3);
  }

  private void prepare(Vector vector, int count) {
    if (keepsCodes && vector.isCoded() && rowCount == 0) {
      dictionary = vector.dictionary();
      if (width != vector.codeWidthBytes()) {
        width = vector.codeWidthBytes();
        data = MemorySegment.NULL;
      }
    } else if (dictionary != null && dictionary != vector.dictionary()) {
      toPlain();
    }
    ensureRows(count);
    if (vector.validity() != null) {
      requireValidity();
    }
  }

  private boolean isPlainText() {
    return type.isVariable() && dictionary == null;
  }

  private void toPlain() {
    Dictionary entries = dictionary;
    if (!type.isVariable() || entries == null) {
      width = type.widthBytes();
      return;
    }
    Vector coded = vector(0);
    int count = rowCount;
    dictionary = null;
    width = 0;
    data = MemorySegment.NULL;
    dataBytes = 0;
    offsets = null;
    rowCount = 0;
    ensureRows(count);
    MemorySegment o = offsets();
    for (int i = 0; i < count; i++) {
      appendBytesOf(coded, i, o, i);
    }
    rowCount = count;
  }

  private void appendTexts(Vector vector, int[] rows, int count) {
    MemorySegment o = offsets();
    long end = dataBytes;
    for (int i = 0; i < count; i++) {
      end += vector.start(rows[i] + 1) - vector.start(rows[i]);
      o.set(JAVA_LONG_UNALIGNED, 8L * (rowCount + i + 1), end);
    }
    ensureBytes(end - dataBytes);
    MemorySegment source = vector.data();
    long at = dataBytes;
    for (int i = 0; i < count; i++) {
      long next = o.get(JAVA_LONG_UNALIGNED, 8L * (rowCount + i + 1));
      TextBytes.copy(source, vector.start(rows[i]), next - at, data, at);
      at = next;
    }
    dataBytes = end;
  }

  private void appendBytesOf(Vector vector, int row, MemorySegment o, int target) {
    Dictionary entries = vector.dictionary();
    MemorySegment source = entries == null ? vector.data() : entries.bytes();
    long from;
    long length;
    if (entries == null) {
      from = vector.start(row);
      length = vector.start(row + 1) - from;
    } else if (vector.isNull(row)) {
      from = 0;
      length = 0;
    } else {
      int code = vector.code(row);
      from = entries.start(code);
      length = entries.length(code);
    }
    ensureBytes(length);
    MemorySegment.copy(source, from, data, dataBytes, length);
    dataBytes += length;
    o.set(JAVA_LONG_UNALIGNED, 8L * (target + 1), dataBytes);
  }

  private MemorySegment offsets() {
    return Objects.requireNonNull(offsets);
  }

  private void ended() {
    if (validity != null) {
      setValid(validity, rowCount, true);
    }
    rowCount++;
  }

  private void ensureRows(int more) {
    int needed = rowCount + more;
    if (isPlainText()) {
      long have = offsets == null ? 0 : offsets.byteSize() / 8 - 1;
      if (offsets == null || needed > have) {
        offsets = grown(offsets, 8L * (rowCount + 1), 8L * (capacity(needed) + 1));
      }
    } else if ((long) needed * width > data.byteSize()) {
      data = grown(data, (long) rowCount * width, (long) capacity(needed) * width);
    }
    MemorySegment bits = validity;
    if (bits != null && needed > bits.byteSize() * 8) {
      validity = grown(bits, (rowCount + 7) / 8, capacity(needed) / 8);
    }
  }

  private void ensureBytes(long more) {
    if (dataBytes + more > data.byteSize()) {
      data =
          grown(data, dataBytes, Math.max(4096, Math.max(dataBytes + more, 2 * data.byteSize())));
    }
  }

  private MemorySegment requireValidity() {
    MemorySegment bits = validity;
    if (bits == null) {
      bits = region.allocate(capacity(Math.max(rowCount, rowCapacity())) / 8);
      bits.fill((byte) 0xff);
      validity = bits;
    }
    return bits;
  }

  private int rowCapacity() {
    MemorySegment o = offsets;
    return Math.toIntExact(
        isPlainText() ? o == null ? 0 : o.byteSize() / 8 - 1 : data.byteSize() / width);
  }

  private MemorySegment grown(@Nullable MemorySegment old, long usedBytes, long newBytes) {
    MemorySegment larger = region.allocate(newBytes);
    if (old != null) {
      MemorySegment.copy(old, 0, larger, 0, Math.min(usedBytes, old.byteSize()));
    }
    return larger;
  }

  private static int capacity(int rows) {
    int capacity = FIRST_CAPACITY;
    while (capacity < rows) {
      capacity = capacity < 1 << 30 ? capacity * 2 : Integer.MAX_VALUE & ~7;
    }
    return capacity;
  }

  private static void setValid(MemorySegment bits, int row, boolean valid) {
    long at = row >> 3;
    int mask = 1 << (row & 7);
    int old = bits.get(JAVA_BYTE, at);
    bits.set(JAVA_BYTE, at, (byte) (valid ? old | mask : old & ~mask));
  }
}
