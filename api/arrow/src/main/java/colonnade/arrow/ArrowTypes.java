package colonnade.arrow;

import colonnade.DataType;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** Arrow's names of our types. */
final class ArrowTypes {
  private ArrowTypes() {}

  /** Arrow's type whose buffers are laid out as ours, booleans excepted. */
  static ArrowType of(DataType type) {
    return switch (type) {
      case I8 -> new ArrowType.Int(8, true);
      case I16 -> new ArrowType.Int(16, true);
      case I32 -> new ArrowType.Int(32, true);
      case I64 -> new ArrowType.Int(64, true);
      case U8 -> new ArrowType.Int(8, false);
      case U16 -> new ArrowType.Int(16, false);
      case U32 -> new ArrowType.Int(32, false);
      case F32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case F64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case BOOL -> ArrowType.Bool.INSTANCE;
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIMESTAMP_MICROS -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case UTF8 -> ArrowType.LargeUtf8.INSTANCE;
      case BINARY -> ArrowType.LargeBinary.INSTANCE;
    };
  }

  /** A field that may be null. */
  static Field field(String name, ArrowType type, @Nullable DictionaryEncoding dictionary) {
    return new Field(name, new FieldType(true, type, dictionary), null);
  }
}
