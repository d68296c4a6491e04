package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Boxed rows (as {@link RowInterpreter} has them) as a batch of vectors, behind rows of another
 * batch, so that no window starts at offset 0; and values of vectors boxed again.
 */
final class TestBatch {
  /** How the kept rows are written down. */
  enum Kept {
    ALL,
    LIST,
    SPARSE_LIST,
    BITMAP,
    NONE
  }

  private static final int ROWS_BEFORE = 8;

  private TestBatch() {}

  static Batch of(Schema schema, List<List<Object>> rows, boolean coded, Arena arena) {
    Batch batch = new Batch(schema.size());
    batch.reset(1_000, rows.size());
    for (int c = 0; c < schema.size(); c++) {
      List<Object> column = new ArrayList<>(Collections.nCopies(ROWS_BEFORE, null));
      for (List<Object> row : rows) {
        column.add(row.get(c));
      }
      batch.set(c, vector(schema.type(c), column, coded, arena));
    }
    return batch;
  }

  /** Narrows the batch's selection and returns the rows kept. */
  static int[] keep(Selection selection, Kept kept) {
    int size = selection.size();
    int step = kept == Kept.SPARSE_LIST ? 17 : 3;
    switch (kept) {
      case ALL -> selection.setAll(size);
      case NONE -> selection.setList(size, 0);
      case LIST, SPARSE_LIST -> {
        int n = 0;
        for (int i = size / 2 % 2; i < size; i += i % step == 1 ? 1 : step - 1) {
          selection.rows()[n++] = i;
        }
        selection.setList(size, n);
      }
      case BITMAP -> {
        selection.setAll(size);
        long[] words = selection.toBitmap();
        for (int i = 0; i < size; i += 5) {
          words[i >> 6] &= ~(1L << i);
        }
        selection.setBitmap(size);
      }
    }
    return rowsOf(selection);
  }

  static int[] rowsOf(Selection selection) {
    Selection copy = new Selection();
    copy.copyFrom(selection);
    return java.util.Arrays.copyOf(copy.toList(), selection.count());
  }

  static Object value(Vector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector.type()) {
      case BOOL -> vector.longAt(row) != 0;
      case F32, F64 -> vector.doubleAt(row);
      case UTF8 -> vector.textAt(row);
      case BINARY -> vector.bytesAt(row);
      default -> vector.longAt(row);
    };
  }

  private static Vector vector(DataType type, List<Object> column, boolean coded, Arena arena) {
    int n = column.size();
    boolean nulls = column.subList(ROWS_BEFORE, n).contains(null);
    MemorySegment validity = nulls ? arena.allocate((n + 7) / 8) : null;
    for (int i = 0; nulls && i < n; i++) {
      if (column.get(i) != null) {
        long at = i >> 3;
        validity.set(JAVA_BYTE, at, (byte) (validity.get(JAVA_BYTE, at) | 1 << (i & 7)));
      }
    }
    if (!type.isVariable()) {
      MemorySegment data = arena.allocate((long) n * type.widthBytes());
      for (int i = 0; i < n; i++) {
        Object value = column.get(i);
        long bits = value != null ? FixedWidth.bits(type, value) : type == DataType.BOOL ? 1 : 77;
        FixedWidth.put(type, data, i, bits);
      }
      return Vector.fixed(
          type, data, (long) ROWS_BEFORE * type.widthBytes(), validity, ROWS_BEFORE / 8);
    }
    List<byte[]> values = new ArrayList<>();
    column.forEach(value -> values.add(bytes(value == null ? "null rows hold this" : value)));
    return coded
        ? coded(type, values, validity, arena)
        : Vector.variable(
            type,
            concatenated(values, arena),
            1,
            offsets(values, arena),
            8L * ROWS_BEFORE,
            validity,
            ROWS_BEFORE / 8);
  }

  private static Vector coded(
      DataType type, List<byte[]> values, MemorySegment validity, Arena arena) {
    Map<ByteBuffer, Integer> codes = new LinkedHashMap<>();
    values.forEach(v -> codes.putIfAbsent(ByteBuffer.wrap(v), codes.size()));
    List<byte[]> entries = codes.keySet().stream().map(ByteBuffer::array).toList();
    MemorySegment bytes = concatenated(entries, arena);
    Dictionary dictionary =
        new Dictionary(type, entries.size(), offsets(entries, arena), bytes.asSlice(1));
    int width = Dictionary.codeWidthBytes(entries.size());
    MemorySegment data = arena.allocate((long) width * values.size());
    for (int i = 0; i < values.size(); i++) {
      FixedWidth.putWidth(width, data, i, codes.get(ByteBuffer.wrap(values.get(i))));
    }
    return Vector.coded(
        dictionary, width, data, (long) width * ROWS_BEFORE, validity, ROWS_BEFORE / 8);
  }

  /** All bytes, behind one byte that belongs to nobody. */
  private static MemorySegment concatenated(List<byte[]> values, Arena arena) {
    MemorySegment all = arena.allocate(1 + values.stream().mapToLong(v -> v.length).sum());
    long at = 1;
    for (byte[] value : values) {
      MemorySegment.copy(value, 0, all, JAVA_BYTE, at, value.length);
      at += value.length;
    }
    return all;
  }

  private static MemorySegment offsets(List<byte[]> values, Arena arena) {
    MemorySegment offsets = arena.allocate(8L * (values.size() + 1));
    long at = 0;
    for (int i = 0; i < values.size(); i++) {
      at += values.get(i).length;
      offsets.set(JAVA_LONG_UNALIGNED, 8L * (i + 1), at);
    }
    return offsets;
  }

  private static byte[] bytes(Object value) {
    return value instanceof byte[] b ? b : value.toString().getBytes(StandardCharsets.UTF_8);
  }
}
