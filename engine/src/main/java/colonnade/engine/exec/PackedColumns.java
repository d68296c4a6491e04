package colonnade.engine.exec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rows in one piece of memory, without their schema: for each column a bit per row, set where it is
 * present, then the values in plain layout (of text and binary one more 64-bit offset than there
 * are rows, then the bytes). Each part begins at a multiple of 8 bytes.
 */
final class PackedColumns {
  private PackedColumns() {}

  /** A copy of all rows. */
  static MemorySegment pack(MemoryTable rows) {
    try (QueryMemory memory = new QueryMemory(Long.MAX_VALUE)) {
      List<Vector> columns = new ArrayList<>();
      int rowCount = Math.toIntExact(rows.rowCount().orElseThrow());
      long length = 0;
      for (int c = 0; c < rows.schema().size(); c++) {
        ColumnBuilder builder = new ColumnBuilder(rows.schema().type(c), memory.region());
        builder.plain();
        for (MemoryTable.Rows block : rows.blocks()) {
          builder.append(block.vectors()[c], 0, block.rowCount());
        }
        columns.add(builder.vector(0));
        length += aligned((rowCount + 7L) / 8) + aligned(valueBytes(columns.get(c), rowCount));
      }
      MemorySegment packed = Arena.ofAuto().allocate(length, 8);
      long at = 0;
      for (Vector column : columns) {
        at = putColumn(packed, at, column, rowCount);
      }
      return packed;
    }
  }

  private static long valueBytes(Vector column, int rowCount) {
    if (!column.type().isVariable()) {
      return (long) rowCount * column.type().widthBytes();
    }
    return 8L * (rowCount + 1) + textBytes(column, rowCount);
  }

  private static long textBytes(Vector column, int rowCount) {
    return rowCount == 0 ? 0 : column.start(rowCount) - column.start(0);
  }

  private static long putColumn(MemorySegment packed, long start, Vector column, int rowCount) {
    long at = start;
    for (int row = 0; row < rowCount; row++) {
      if (!column.isNull(row)) {
        byte bits = packed.get(JAVA_BYTE, at + (row >> 3));
        packed.set(JAVA_BYTE, at + (row >> 3), (byte) (bits | 1 << (row & 7)));
      }
    }
    at += aligned((rowCount + 7L) / 8);
    long bytes = valueBytes(column, rowCount);
    if (!column.type().isVariable()) {
      MemorySegment.copy(column.data(), column.dataOffset(), packed, at, bytes);
    } else {
      for (int row = 0; row < rowCount; row++) {
        packed.set(JAVA_LONG, at + 8L * (row + 1), column.start(row + 1) - column.start(0));
      }
      long text = textBytes(column, rowCount);
      if (text > 0) {
        MemorySegment.copy(column.data(), column.start(0), packed, at + 8L * (rowCount + 1), text);
      }
    }
    return at + aligned(bytes);
  }

  /**
   * A view of the rows in {@code packed}, with columns of these types named by their position.
   *
   * @throws RuntimeException if they do not fit
   */
  static MemoryTable unpack(MemorySegment packed, List<DataType> types, int rowCount) {
    Vector[] columns = new Vector[types.size()];
    List<Field> fields = new ArrayList<>();
    long at = 0;
    for (int c = 0; c < columns.length; c++) {
      DataType type = types.get(c);
      fields.add(new Field(Integer.toString(c), type));
      long validity = at;
      at += aligned((rowCount + 7L) / 8);
      long bytes = (long) rowCount * (type.isVariable() ? 0 : type.widthBytes());
      columns[c] = Vector.fixed(type, packed, at, packed, validity);
      if (type.isVariable()) {
        long offsets = at;
        long text = at + 8L * (rowCount + 1);
        Objects.checkFromToIndex(at, text, packed.byteSize());
        bytes = text - at + checkedEnd(packed, offsets, rowCount);
        columns[c] = Vector.variable(type, packed, text, packed, offsets, packed, validity);
      }
      Objects.checkFromIndexSize(at, bytes, packed.byteSize());
      at += aligned(bytes);
    }
    if (at != packed.byteSize()) {
      throw new IllegalArgumentException(packed.byteSize() + " bytes instead of " + at);
    }
    List<MemoryTable.Rows> blocks = new ArrayList<>();
    for (int from = 0; from < rowCount; from += Sizes.BLOCK_ROWS) {
      Vector[] block = new Vector[columns.length];
      for (int c = 0; c < columns.length; c++) {
        block[c] = MemoryTable.window(columns[c], from);
      }
      blocks.add(new MemoryTable.Rows(Math.min(Sizes.BLOCK_ROWS, rowCount - from), block));
    }
    return new MemoryTable("groups", new Schema(fields), blocks, () -> {});
  }

  private static long checkedEnd(MemorySegment packed, long offsets, int rowCount) {
    long previous = 0;
    for (int row = 0; row <= rowCount; row++) {
      long next = packed.get(JAVA_LONG, offsets + 8L * row);
      if (next < previous || row == 0 && next != 0 || next > packed.byteSize()) {
        throw new IllegalArgumentException("offsets out of order at row " + row);
      }
      previous = next;
    }
    return previous;
  }

  private static long aligned(long bytes) {
    return Math.addExact(bytes, 7) & -8;
  }
}
