package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Rows as plain Java values, and as vectors of every layout. A value is null, a Long (integers,
 * booleans, temporal types), a Float, a Double, or a String of one char per byte (text and binary).
 */
public final class Vectors {
  private Vectors() {}

  /** Random values of a type; a fifth of them null where {@code nulls}. */
  static List<@Nullable Object> random(
      DataType type, int count, boolean nulls, SplittableRandom random) {
    List<@Nullable Object> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(nulls && random.nextInt(5) == 0 ? null : value(type, random));
    }
    return rows;
  }

  private static Object value(DataType type, SplittableRandom random) {
    return switch (type) {
      case I8 -> (long) (byte) random.nextInt();
      case U8 -> (long) random.nextInt(256);
      case I16 -> (long) (short) random.nextInt();
      case U16 -> (long) random.nextInt(1 << 16);
      case I32, DATE -> (long) random.nextInt();
      case U32 -> random.nextLong(1L << 32);
      case I64, TIMESTAMP_MICROS -> random.nextLong();
      case BOOL -> (long) random.nextInt(2);
      case F32 ->
          switch (random.nextInt(20)) {
            case 0 -> Float.NaN;
            case 1 -> -0.0f;
            case 2 -> Float.NEGATIVE_INFINITY;
            default -> (float) random.nextDouble(-1e9, 1e9);
          };
      case F64 ->
          switch (random.nextInt(20)) {
            case 0 -> Double.NaN;
            case 1 -> -0.0;
            case 2 -> Double.POSITIVE_INFINITY;
            default -> random.nextDouble(-1e99, 1e99);
          };
      case UTF8, BINARY -> {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
          text.append(
              (char) (type == DataType.BINARY ? random.nextInt(256) : 'a' + random.nextInt(6)));
        }
        yield text.toString();
      }
    };
  }

  /** The rows as a plain vector with garbage where rows are null. */
  public static Vector plain(DataType type, List<@Nullable Object> rows, Arena arena) {
    MemorySegment validity = validity(rows, arena);
    int n = rows.size();
    if (type.isVariable()) {
      MemorySegment offsets = arena.allocate(8L * (n + 1), 8);
      StringBuilder all = new StringBuilder("##");
      for (int i = 0; i < n; i++) {
        offsets.set(Layouts.LONG, 8L * i, all.length() - 1);
        Object value = rows.get(i);
        all.append(value == null ? "garbage" : value);
      }
      offsets.set(Layouts.LONG, 8L * n, all.length() - 1);
      MemorySegment bytes = segment(all.toString(), arena);
      return Vector.variable(type, bytes, 1, offsets, 0, validity, 0);
    }
    int width = type.widthBytes();
    MemorySegment data = arena.allocate(Math.max(1, (long) n * width), 8);
    for (int i = 0; i < n; i++) {
      Object value = rows.get(i);
      long at = (long) i * width;
      long bits =
          switch (value) {
            case null -> 0x5a5a5a5a5a5a5a5aL;
            case Long l -> l;
            case Float f -> Float.floatToRawIntBits(f);
            case Double d -> Double.doubleToRawLongBits(d);
            default -> throw new IllegalArgumentException(value.toString());
          };
      switch (width) {
        case 1 -> data.set(JAVA_BYTE, at, (byte) bits);
        case 2 -> data.set(Layouts.SHORT, at, (short) bits);
        case 4 -> data.set(Layouts.INT, at, (int) bits);
        default -> data.set(Layouts.LONG, at, bits);
      }
    }
    return Vector.fixed(type, data, 0, validity, 0);
  }

  /** The rows as codes of a width into a dictionary that also has entries that no row uses. */
  static Vector coded(DataType type, List<@Nullable Object> rows, int width, Arena arena) {
    Map<String, Integer> codes = new LinkedHashMap<>();
    codes.put("unused", 0);
    for (Object row : rows) {
      if (row != null) {
        codes.putIfAbsent((String) row, codes.size());
      }
    }
    MemorySegment data = arena.allocate(Math.max(1, (long) rows.size() * width), 8);
    for (int i = 0; i < rows.size(); i++) {
      Object row = rows.get(i);
      int code = row == null ? 0 : codes.get((String) row);
      switch (width) {
        case 1 -> data.set(JAVA_BYTE, i, (byte) code);
        case 2 -> data.set(Layouts.SHORT, 2L * i, (short) code);
        default -> data.set(Layouts.INT, 4L * i, code);
      }
    }
    Dictionary dictionary = dictionary(type, List.copyOf(codes.keySet()), arena);
    return Vector.coded(dictionary, width, data, 0, validity(rows, arena), 0);
  }

  static Dictionary dictionary(DataType type, List<String> entries, Arena arena) {
    MemorySegment offsets = arena.allocate(8L * (entries.size() + 1), 8);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      all.append(entries.get(i));
      offsets.set(Layouts.LONG, 8L * (i + 1), all.length());
    }
    return new Dictionary(type, entries.size(), offsets, segment(all.toString(), arena));
  }

  private static @Nullable MemorySegment validity(List<@Nullable Object> rows, Arena arena) {
    if (Collections.frequency(rows, null) == 0) {
      return null;
    }
    MemorySegment bits = arena.allocate((rows.size() + 7) / 8);
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i) != null) {
        bits.set(JAVA_BYTE, i >> 3, (byte) (bits.get(JAVA_BYTE, i >> 3) | 1 << (i & 7)));
      }
    }
    return bits;
  }

  private static MemorySegment segment(String oneCharPerByte, Arena arena) {
    byte[] bytes = oneCharPerByte.getBytes(StandardCharsets.ISO_8859_1);
    MemorySegment segment = arena.allocate(Math.max(1, bytes.length));
    MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
    return segment.asSlice(0, bytes.length);
  }

  /** The first {@code count} rows of a vector as Java values. */
  public static List<@Nullable Object> values(Vector vector, int count) {
    List<@Nullable Object> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(vector.isNull(i) ? null : raw(vector, i));
    }
    return rows;
  }

  /** What row {@code i} holds, null or not. */
  static Object raw(Vector vector, int i) {
    return switch (vector.type()) {
      case F32 -> vector.data().get(Layouts.FLOAT, vector.dataOffset() + 4L * i);
      case F64 -> vector.doubleAt(i);
      case UTF8, BINARY -> new String(vector.bytesAt(i), StandardCharsets.ISO_8859_1);
      default -> vector.longAt(i);
    };
  }

  /** All rows of a column, read in windows of {@code windowRows}. */
  public static List<@Nullable Object> values(MappedColumn column, int windowRows) {
    List<@Nullable Object> rows = new ArrayList<>();
    for (long row = 0; row < column.rowCount(); row += windowRows) {
      int n = (int) Math.min(windowRows, column.rowCount() - row);
      rows.addAll(values(column.vector(row, n), n));
    }
    return rows;
  }
}
