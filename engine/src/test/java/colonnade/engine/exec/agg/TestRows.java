package colonnade.engine.exec.agg;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Rows as boxed values, for tests: Long for integers, booleans and temporal types, Double for
 * floating point, String for text and binary, null. Makes tables in memory of them, and reads
 * results back.
 */
final class TestRows {
  final List<DataType> types;
  final List<@Nullable Object[]> rows = new ArrayList<>();

  TestRows(DataType... types) {
    this.types = List.of(types);
  }

  /** Adds a row. */
  TestRows add(@Nullable Object... values) {
    rows.add(values);
    return this;
  }

  /** The values of row and column as a table of blocks of {@code blockRows}. */
  MemoryTable table(int blockRows, QueryMemory.Region region, boolean coded) {
    List<Field> fields = new ArrayList<>();
    @Nullable Dictionary[] dictionaries = new Dictionary[types.size()];
    for (int c = 0; c < types.size(); c++) {
      fields.add(new Field("c" + c, types.get(c)));
      dictionaries[c] = coded && types.get(c).isVariable() ? dictionary(c, region) : null;
    }
    List<MemoryTable.Rows> blocks = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += blockRows) {
      List<@Nullable Object[]> part = rows.subList(from, Math.min(rows.size(), from + blockRows));
      Vector[] vectors = new Vector[types.size()];
      for (int c = 0; c < vectors.length; c++) {
        Dictionary entries = dictionaries[c];
        vectors[c] = entries == null ? plain(part, c, region) : codes(part, c, entries, region);
      }
      blocks.add(new MemoryTable.Rows(part.size(), vectors));
    }
    return new MemoryTable("test", new Schema(fields), blocks, () -> {});
  }

  /** The distinct texts of a column, in order of appearance. */
  Dictionary dictionary(int column, QueryMemory.Region region) {
    Map<Object, Integer> codes = codeOf(column);
    ColumnBuilder entries = new ColumnBuilder(types.get(column), region);
    codes.keySet().forEach(text -> entries.appendBytes(bytes(text)));
    Vector texts = entries.vector(0);
    MemorySegment offsets = region.allocate(8L * (codes.size() + 1));
    MemorySegment.copy(texts.offsets(), 0, offsets, 0, 8L * (codes.size() + 1));
    long length = offsets.get(JAVA_LONG_UNALIGNED, 8L * codes.size());
    MemorySegment all = region.allocate(length);
    MemorySegment.copy(texts.data(), 0, all, 0, length);
    return new Dictionary(types.get(column), codes.size(), offsets, all);
  }

  /** Row {@code i} of a vector, boxed. */
  static @Nullable Object value(Vector vector, int i) {
    if (vector.isNull(i)) {
      return null;
    }
    if (vector.type().isVariable()) {
      return vector.textAt(i);
    }
    return vector.type().isFloating() ? (Object) vector.doubleAt(i) : (Object) vector.longAt(i);
  }

  /** The rows of a result, boxed. */
  static List<List<@Nullable Object>> rowsOf(List<MemoryTable.Rows> blocks) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    for (MemoryTable.Rows block : blocks) {
      for (int i = 0; i < block.rowCount(); i++) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Vector vector : block.vectors()) {
          row.add(value(vector, i));
        }
        all.add(row);
      }
    }
    return all;
  }

  /**
   * A value of {@code type} among about {@code distinct}, with the edges of its type now and then.
   */
  static @Nullable Object random(DataType type, int distinct, SplittableRandom random) {
    if (random.nextInt(20) == 0) {
      return null;
    }
    long number = random.nextInt(distinct);
    boolean edge = random.nextInt(25) == 0;
    return switch (type) {
      case BOOL -> number % 2;
      case I8 -> edge ? Byte.MIN_VALUE : number % 100 - 50;
      case U8 -> edge ? 255L : number % 200;
      case I16 -> edge ? Short.MIN_VALUE : number - 50;
      case U16 -> edge ? 65_535L : number;
      case I32, DATE -> edge ? Integer.MIN_VALUE : number - distinct / 2;
      case U32 -> edge ? 4_294_967_295L : number;
      case I64 -> edge ? (number % 2 == 0 ? 1L << 50 : -(1L << 50)) : number * 1_000_003;
      case TIMESTAMP_MICROS -> edge ? Long.MIN_VALUE : number * 1_000_000;
      case F32 -> (double) (float) floating(number, edge, random);
      case F64 -> floating(number, edge, random);
      case UTF8 -> edge ? "" : number % 7 == 0 ? "a longer text, é" + number : "t" + number;
      case BINARY -> "b" + number;
    };
  }

  private static double floating(long number, boolean edge, SplittableRandom random) {
    if (!edge) {
      return number / 8.0 - 3;
    }
    return switch (random.nextInt(4)) {
      case 0 -> Double.NaN;
      case 1 -> 0.0;
      case 2 -> -0.0;
      default -> 1e10;
    };
  }

  private Map<Object, Integer> codeOf(int column) {
    Map<Object, Integer> codes = new LinkedHashMap<>();
    for (@Nullable Object[] row : rows) {
      Object value = row[column];
      if (value != null) {
        codes.putIfAbsent(value, codes.size());
      }
    }
    return codes;
  }

  private static byte[] bytes(Object text) {
    return ((String) text).getBytes(StandardCharsets.UTF_8);
  }

  private Vector plain(List<@Nullable Object[]> part, int column, QueryMemory.Region region) {
    DataType type = types.get(column);
    ColumnBuilder builder = new ColumnBuilder(type, region);
    for (@Nullable Object[] row : part) {
      Object value = row[column];
      if (value == null) {
        builder.appendNulls(1);
      } else if (type.isVariable()) {
        builder.appendBytes(bytes(value));
      } else if (type.isFloating()) {
        builder.appendDouble((Double) value);
      } else {
        builder.appendLong((Long) value);
      }
    }
    return builder.vector(0);
  }

  private Vector codes(
      List<@Nullable Object[]> part, int column, Dictionary entries, QueryMemory.Region region) {
    Map<Object, Integer> codes = codeOf(column);
    int width = Dictionary.codeWidthBytes(entries.size());
    MemorySegment data = region.allocate((long) width * part.size());
    MemorySegment validity = region.allocate(part.size() / 8 + 8);
    for (int i = 0; i < part.size(); i++) {
      Object value = part.get(i)[column];
      if (value != null) {
        int code = codes.get(value);
        for (int b = 0; b < width; b++) {
          data.set(JAVA_BYTE, (long) i * width + b, (byte) (code >>> 8 * b));
        }
        validity.set(JAVA_BYTE, i / 8, (byte) (validity.get(JAVA_BYTE, i / 8) | 1 << i % 8));
      }
    }
    return Vector.coded(entries, width, data, 0, validity, 0);
  }
}
