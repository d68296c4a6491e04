package colonnade.arrow;

import static colonnade.arrow.IpcColumn.Layout.BITS;
import static colonnade.arrow.IpcColumn.Layout.DECIMAL;
import static colonnade.arrow.IpcColumn.Layout.DIVIDED;
import static colonnade.arrow.IpcColumn.Layout.FIXED_BYTES;
import static colonnade.arrow.IpcColumn.Layout.HALF;
import static colonnade.arrow.IpcColumn.Layout.LONG_OFFSETS;
import static colonnade.arrow.IpcColumn.Layout.MULTIPLIED;
import static colonnade.arrow.IpcColumn.Layout.NOTHING;
import static colonnade.arrow.IpcColumn.Layout.SAME;
import static colonnade.arrow.IpcColumn.Layout.SHORT_OFFSETS;
import static colonnade.arrow.IpcColumn.Layout.UNSIGNED_LONG;
import static colonnade.arrow.IpcColumn.Layout.VIEWS;

import colonnade.DataType;
import colonnade.arrow.IpcColumn.Layout;
import colonnade.error.UnsupportedFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.apache.arrow.flatbuf.UnionMode;

/**
 * Reads a schema: which column becomes what, and at which node and buffer of a record batch it
 * starts. Nested columns are walked too, because their parts count among the nodes and buffers.
 */
final class IpcSchema {
  private static final int DEPTH_LIMIT = 64;
  private static final int FIELD_LIMIT = 1 << 20;

  private int node;
  private int buffer;
  private int view;
  private int fields;

  private IpcSchema() {}

  /** The columns of {@code schema}. */
  static List<IpcColumn> columns(Schema schema, Path path) {
    if (schema.endianness() != Endianness.Little) {
      throw new UnsupportedFormatException(
          path.toString(),
          path + " is big-endian",
          "Write it on a little-endian machine, or let the program that wrote it swap the bytes.");
    }
    IpcSchema walk = new IpcSchema();
    List<IpcColumn> columns = new ArrayList<>();
    for (int i = 0; i < schema.fieldsLength(); i++) {
      Field field = schema.fields(i);
      String name = field.name() == null ? "" : field.name();
      IpcColumn column = walk.column(field, name);
      walk.step(field, 0);
      columns.add(column);
    }
    return List.copyOf(columns);
  }

  private IpcColumn column(Field field, String name) {
    DictionaryEncoding encoding = field.dictionary();
    if (encoding == null) {
      return value(field, name, node, buffer, view, null);
    }
    Int index = encoding.indexType();
    int width = index == null ? 4 : index.bitWidth() / 8;
    if (width != 1 && width != 2 && width != 4 && width != 8) {
      throw new BadIpc("dictionary codes of " + width + " bytes");
    }
    var codes = new IpcColumn.Codes(encoding.id(), width, node, buffer, view);
    // A dictionary's batch has one column, its values.
    return value(field, name, 0, 0, 0, codes);
  }

  private static IpcColumn value(
      Field field, String name, int node, int buffer, int view, IpcColumn.Codes codes) {
    int kind = field.typeType();
    String label = kind >= 0 && kind < Type.names.length ? Type.names[kind] : "type " + kind;
    var at = new Place(name, label, node, buffer, view, codes);
    return switch (kind) {
      case Type.Null -> at.is(DataType.I32, NOTHING, 0, 0);
      case Type.Bool -> at.is(DataType.BOOL, BITS, 0, 0);
      case Type.Int -> integer(at, (Int) field.type(new Int()));
      case Type.FloatingPoint -> {
        int precision = ((FloatingPoint) field.type(new FloatingPoint())).precision();
        yield precision == Precision.HALF
            ? at.is(DataType.F32, HALF, 2, 0)
            : precision == Precision.SINGLE
                ? at.is(DataType.F32, SAME, 4, 0)
                : at.is(DataType.F64, SAME, 8, 0);
      }
      case Type.Decimal -> {
        var decimal = (Decimal) field.type(new Decimal());
        int width = decimal.bitWidth() / 8;
        yield width == 4 || width == 8 || width == 16 || width == 32
            ? at.is(DataType.F64, DECIMAL, width, decimal.scale())
            : at.refused("has decimals of " + decimal.bitWidth() + " bits");
      }
      case Type.Date ->
          ((Date) field.type(new Date())).unit() == DateUnit.DAY
              ? at.is(DataType.DATE, SAME, 4, 0)
              : at.is(DataType.DATE, DIVIDED, 8, 86_400_000L);
      case Type.Time -> {
        var time = (Time) field.type(new Time());
        yield time(at, DataType.I64, time.bitWidth() / 8, time.unit());
      }
      case Type.Timestamp ->
          time(at, DataType.TIMESTAMP_MICROS, 8, ((Timestamp) field.type(new Timestamp())).unit());
      case Type.Duration ->
          time(at, DataType.I64, 8, ((Duration) field.type(new Duration())).unit());
      case Type.Utf8 -> at.is(DataType.UTF8, SHORT_OFFSETS, 4, 0);
      case Type.Binary -> at.is(DataType.BINARY, SHORT_OFFSETS, 4, 0);
      case Type.LargeUtf8 -> at.is(DataType.UTF8, LONG_OFFSETS, 8, 0);
      case Type.LargeBinary -> at.is(DataType.BINARY, LONG_OFFSETS, 8, 0);
      case Type.Utf8View -> at.is(DataType.UTF8, VIEWS, 16, 0);
      case Type.BinaryView -> at.is(DataType.BINARY, VIEWS, 16, 0);
      case Type.FixedSizeBinary -> {
        int width = ((FixedSizeBinary) field.type(new FixedSizeBinary())).byteWidth();
        if (width < 0) {
          throw new BadIpc("binary values of " + width + " bytes");
        }
        yield at.is(DataType.BINARY, FIXED_BYTES, width, 0);
      }
      default -> at.refused("is of type " + label);
    };
  }

  private static IpcColumn integer(Place at, Int type) {
    return switch (type.bitWidth()) {
      case 8 -> at.is(type.isSigned() ? DataType.I8 : DataType.U8, SAME, 1, 0);
      case 16 -> at.is(type.isSigned() ? DataType.I16 : DataType.U16, SAME, 2, 0);
      case 32 -> at.is(type.isSigned() ? DataType.I32 : DataType.U32, SAME, 4, 0);
      case 64 -> at.is(DataType.I64, type.isSigned() ? SAME : UNSIGNED_LONG, 8, 0);
      default -> throw new BadIpc("integers of " + type.bitWidth() + " bits");
    };
  }

  private static IpcColumn time(Place at, DataType type, int width, short unit) {
    if (width != 4 && width != 8) {
      throw new BadIpc("times of " + width + " bytes");
    }
    return switch (unit) {
      case TimeUnit.SECOND -> at.is(type, MULTIPLIED, width, 1_000_000L);
      case TimeUnit.MILLISECOND -> at.is(type, MULTIPLIED, width, 1_000L);
      case TimeUnit.MICROSECOND ->
          width == 8 ? at.is(type, SAME, 8, 0) : at.is(type, MULTIPLIED, width, 1L);
      default -> at.is(type, DIVIDED, width, 1_000L);
    };
  }

  private record Place(
      String name, String label, int node, int buffer, int view, IpcColumn.Codes codes) {
    IpcColumn is(DataType type, Layout layout, int width, long factor) {
      return new IpcColumn(name, label, type, layout, width, factor, node, buffer, view, codes, "");
    }

    IpcColumn refused(String why) {
      return new IpcColumn(
          name, label, DataType.BINARY, NOTHING, 0, 0, node, buffer, view, codes, why);
    }
  }

  /** Counts the nodes and buffers of a field and its children. */
  private void step(Field field, int depth) {
    if (depth > DEPTH_LIMIT || ++fields > FIELD_LIMIT) {
      throw new BadIpc("a schema of too many or too deeply nested fields");
    }
    node++;
    if (field.dictionary() != null) {
      buffer += 2;
      return;
    }
    switch (field.typeType()) {
      case Type.Null, Type.RunEndEncoded -> {}
      case Type.Struct_, Type.FixedSizeList -> buffer += 1;
      case Type.Utf8,
          Type.Binary,
          Type.LargeUtf8,
          Type.LargeBinary,
          Type.ListView,
          Type.LargeListView ->
          buffer += 3;
      case Type.Utf8View, Type.BinaryView -> {
        // Then come the data buffers, as many as the batch says; see BatchBuffers.
        buffer += 2;
        view++;
      }
      case Type.Union -> {
        var union = (Union) field.type(new Union());
        buffer += union.mode() == UnionMode.Dense ? 2 : 1;
      }
      default -> buffer += 2;
    }
    for (int i = 0; i < field.childrenLength(); i++) {
      step(field.children(i), depth + 1);
    }
  }
}
