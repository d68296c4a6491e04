package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.error.CorruptColumnException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a column that were changed after its other files were written, and what they hold now, in
 * the column's own encoding: whoever copies rows puts these over them. Immutable, on the heap: 16
 * bytes a row. Safe for all threads.
 */
final class Patch {
  /** In the file, what a row's number has in addition where the row is null now. */
  private static final long NULL = 1L << 63;

  private final long[] rows;
  private final long[] values;
  private final BitSet nulls;
  private final int valueBytes;
  private final boolean areBits;

  /**
   * A patch of a column.
   *
   * @param rows ascending, none twice
   * @param values the lowest bits of each are those of the value or code
   * @param nulls which of them are null now
   */
  Patch(ManifestColumn column, long[] rows, long[] values, BitSet nulls) {
    this.rows = rows;
    this.values = values;
    this.nulls = nulls;
    this.valueBytes = column.patchValueBytes();
    this.areBits = column.encoding() == Encoding.BITS;
  }

  /**
   * The patch of {@code column}, or null if it has none.
   *
   * @throws CorruptColumnException if it is not as it was written, or not one of this column
   */
  static @Nullable Patch read(TableDirectory table, ManifestColumn column) {
    ManifestFile file = column.file(FileRole.PATCH);
    if (file == null) {
      return null;
    }
    Consumer<String> refuse = problem -> refuse(table, column, file, problem);
    MemorySegment bytes = WholeFile.read(table, column, file, refuse);
    int count = column.patchedRows();
    int valueBytes = column.patchValueBytes();
    long[] rows = new long[count];
    long[] values = new long[count];
    BitSet nulls = new BitSet();
    long previous = -1;
    for (int i = 0; i < count; i++) {
      long entry = bytes.get(Layouts.LONG, 8L * i);
      rows[i] = entry & ~NULL;
      nulls.set(i, entry < 0);
      values[i] = FixedBits.get(bytes, 8L * count + (long) i * valueBytes, valueBytes);
      if (rows[i] <= previous || rows[i] >= column.rowCount()) {
        refuse.accept(String.format(Locale.ROOT, "names row %,d out of order", rows[i]));
      }
      if (!isPossible(column, values[i])) {
        refuse.accept(
            String.format(
                Locale.ROOT, "has %,d for row %,d, which no row can hold", values[i], rows[i]));
      }
      previous = rows[i];
    }
    return new Patch(column, rows, values, nulls);
  }

  private static boolean isPossible(ManifestColumn column, long value) {
    return switch (column.encoding()) {
      case DICTIONARY -> value < column.dictionarySize();
      case BITS -> value <= 1;
      case PLAIN -> column.field().type() != DataType.BOOL || value <= 1;
      case NARROW, SCALED, CONSTANT -> true;
    };
  }

  private static void refuse(
      TableDirectory table, ManifestColumn column, ManifestFile file, String problem) {
    String place =
        "column '" + column.field().name() + "' of " + table.name() + " (" + file.name() + ")";
    throw new CorruptColumnException(
        place,
        place + " is damaged: its patch " + problem,
        "Restore it from a copy, or run `colonnade repair " + table.name() + "`.");
  }

  /** The rows. */
  int size() {
    return rows.length;
  }

  /** The place of the first entry for {@code row} or one after it. */
  private int from(long row) {
    int found = Arrays.binarySearch(rows, row);
    return found < 0 ? -found - 1 : found;
  }

  /** Whether one of rows {@code [firstRow, endRow)} is among these. */
  boolean touches(long firstRow, long endRow) {
    int next = from(firstRow);
    return next < rows.length && rows[next] < endRow;
  }

  /** Whether one of rows {@code [firstRow, endRow)} is among these and null. */
  boolean hasNulls(long firstRow, long endRow) {
    int next = nulls.nextSetBit(from(firstRow));
    return next >= 0 && rows[next] < endRow;
  }

  /**
   * Rows {@code [firstRow, firstRow + count)} of the column with these over them: {@code stored}
   * where none of them is among these, else a copy in memory that {@code allocator} gives.
   *
   * @param stored the rows as the column's other files have them, from a multiple of 8 on
   */
  Vector over(Vector stored, long firstRow, int count, SegmentAllocator allocator) {
    long endRow = firstRow + count;
    if (!touches(firstRow, endRow)) {
      return stored;
    }
    long bitBytes = count + 7L >> 3;
    long bytes = areBits ? bitBytes : (long) count * valueBytes;
    MemorySegment encoded = allocator.allocate(bytes, 64);
    MemorySegment.copy(stored.data(), stored.dataOffset(), encoded, 0, bytes);
    applyTo(encoded, 0, firstRow, endRow);
    MemorySegment validity = null;
    MemorySegment storedValidity = stored.validity();
    if (storedValidity != null || hasNulls(firstRow, endRow)) {
      validity = allocator.allocate(bitBytes, 64);
      if (storedValidity != null) {
        MemorySegment.copy(storedValidity, stored.validityOffset(), validity, 0, bitBytes);
      } else {
        validity.asSlice(0, bitBytes).fill((byte) -1);
      }
      applyToValidity(validity, 0, firstRow, endRow);
    }
    return stored.withRows(encoded, validity);
  }

  /** Puts these values over those of rows {@code [firstRow, endRow)}, which begin at {@code at}. */
  void applyTo(MemorySegment encoded, long at, long firstRow, long endRow) {
    for (int i = from(firstRow); i < rows.length && rows[i] < endRow; i++) {
      long row = rows[i] - firstRow;
      if (areBits) {
        setBit(encoded, at, row, values[i] != 0);
      } else {
        FixedBits.set(encoded, at + row * valueBytes, valueBytes, values[i]);
      }
    }
  }

  /** Puts the validity of these over that of rows {@code [firstRow, endRow)}, in bits. */
  void applyToValidity(MemorySegment validity, long at, long firstRow, long endRow) {
    for (int i = from(firstRow); i < rows.length && rows[i] < endRow; i++) {
      setBit(validity, at, rows[i] - firstRow, !nulls.get(i));
    }
  }

  private static void setBit(MemorySegment bits, long at, long row, boolean isSet) {
    long place = at + (row >> 3);
    int bit = 1 << (row & 7);
    int old = bits.get(JAVA_BYTE, place);
    bits.set(JAVA_BYTE, place, (byte) (isSet ? old | bit : old & ~bit));
  }

  /**
   * These rows and others, which count where both have one.
   *
   * @param column as it is with both
   */
  Patch with(ManifestColumn column, Patch later) {
    long[] allRows = new long[rows.length + later.rows.length];
    long[] allValues = new long[allRows.length];
    BitSet allNulls = new BitSet();
    int n = 0;
    int own = 0;
    int other = 0;
    while (own < rows.length || other < later.rows.length) {
      boolean isLater =
          own == rows.length || other < later.rows.length && later.rows[other] <= rows[own];
      Patch source = isLater ? later : this;
      int i = isLater ? other : own;
      own += own < rows.length && (!isLater || rows[own] == source.rows[i]) ? 1 : 0;
      other += isLater ? 1 : 0;
      allRows[n] = source.rows[i];
      allValues[n] = source.values[i];
      allNulls.set(n, source.nulls.get(i));
      n++;
    }
    return new Patch(column, Arrays.copyOf(allRows, n), Arrays.copyOf(allValues, n), allNulls);
  }

  /** Whether {@code row} is one of these. */
  boolean contains(long row) {
    return touches(row, row + 1);
  }

  /** The numbers of the blocks that have some of these rows, ascending. */
  long[] blocks(int blockRows) {
    return Arrays.stream(rows).map(row -> row / blockRows).distinct().toArray();
  }

  /** Appends these as their file has them. */
  void writeTo(AppendFile file) {
    for (int i = 0; i < rows.length; i++) {
      file.appendLong(nulls.get(i) ? rows[i] | NULL : rows[i]);
    }
    for (long value : values) {
      file.room();
      FixedBits.set(file.buffer(), file.position(), valueBytes, value);
      file.advance(valueBytes);
    }
  }
}
