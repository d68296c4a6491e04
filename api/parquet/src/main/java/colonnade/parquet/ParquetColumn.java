package colonnade.parquet;

import static colonnade.parquet.Conversion.DECIMAL;
import static colonnade.parquet.Conversion.HALF;
import static colonnade.parquet.Conversion.MILLIS;
import static colonnade.parquet.Conversion.NANOS;
import static colonnade.parquet.Conversion.NONE;
import static colonnade.parquet.Conversion.UNSIGNED_LONG;

import colonnade.DataType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;

/**
 * A column of a file and what it becomes. An immutable value.
 *
 * @param name the name in the file
 * @param leaf its position among the file's leaf columns, of the first leaf where it is nested
 * @param physical how values are stored
 * @param length bytes of a value of fixed length; -1 where lengths vary or the type says it
 * @param optional whether there may be nulls
 * @param type what it becomes; a placeholder where {@code refusal} is not empty
 * @param conversion how stored numbers become values
 * @param scale decimal digits after the point
 * @param refusal why the column cannot be read; empty if it can
 */
record ParquetColumn(
    String name,
    int leaf,
    Type physical,
    int length,
    boolean optional,
    DataType type,
    Conversion conversion,
    int scale,
    String refusal) {
  /** A column that is there but cannot be read. */
  static ParquetColumn refused(String name, int leaf, String why) {
    return new ParquetColumn(name, leaf, Type.BYTE_ARRAY, -1, true, DataType.BINARY, NONE, 0, why);
  }

  /** The column that a leaf at the top of the schema describes. */
  static ParquetColumn of(SchemaElement element, int leaf) {
    if (element.getRepetition_type() == FieldRepetitionType.REPEATED) {
      return refused(element.getName(), leaf, "holds a list in each row");
    }
    Type physical = element.getType();
    if (physical == null) {
      throw new BadPage("column '" + element.getName() + "' has no type");
    }
    return switch (physical) {
      case BOOLEAN -> of(element, leaf, DataType.BOOL, NONE);
      case FLOAT -> of(element, leaf, DataType.F32, NONE);
      case DOUBLE -> of(element, leaf, DataType.F64, NONE);
      case INT96 -> of(element, leaf, DataType.TIMESTAMP_MICROS, NONE);
      case INT32 -> int32(element, leaf);
      case INT64 -> int64(element, leaf);
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> bytes(element, leaf);
    };
  }

  private static ParquetColumn int32(SchemaElement e, int leaf) {
    LogicalType logical = e.getLogicalType();
    if (logical != null && logical.isSetINTEGER()) {
      IntType integer = logical.getINTEGER();
      return switch (integer.getBitWidth()) {
        case 8 -> of(e, leaf, integer.isIsSigned() ? DataType.I8 : DataType.U8, NONE);
        case 16 -> of(e, leaf, integer.isIsSigned() ? DataType.I16 : DataType.U16, NONE);
        default -> of(e, leaf, integer.isIsSigned() ? DataType.I32 : DataType.U32, NONE);
      };
    }
    if (logical != null && logical.isSetTIME()) {
      return of(e, leaf, DataType.I64, MILLIS);
    }
    if (e.getConverted_type() == null) {
      return logical == null
          ? of(e, leaf, DataType.I32, NONE)
          : of(
              e,
              leaf,
              logical.isSetDATE()
                  ? DataType.DATE
                  : logical.isSetDECIMAL() ? DataType.F64 : DataType.I32,
              logical.isSetDECIMAL() ? DECIMAL : NONE);
    }
    return switch (e.getConverted_type()) {
      case INT_8 -> of(e, leaf, DataType.I8, NONE);
      case INT_16 -> of(e, leaf, DataType.I16, NONE);
      case UINT_8 -> of(e, leaf, DataType.U8, NONE);
      case UINT_16 -> of(e, leaf, DataType.U16, NONE);
      case UINT_32 -> of(e, leaf, DataType.U32, NONE);
      case DATE -> of(e, leaf, DataType.DATE, NONE);
      case TIME_MILLIS -> of(e, leaf, DataType.I64, MILLIS);
      case DECIMAL -> of(e, leaf, DataType.F64, DECIMAL);
      default -> of(e, leaf, DataType.I32, NONE);
    };
  }

  private static ParquetColumn int64(SchemaElement e, int leaf) {
    LogicalType logical = e.getLogicalType();
    if (logical != null && logical.isSetTIMESTAMP()) {
      return of(e, leaf, DataType.TIMESTAMP_MICROS, conversion(logical.getTIMESTAMP().getUnit()));
    }
    if (logical != null && logical.isSetTIME()) {
      return of(e, leaf, DataType.I64, conversion(logical.getTIME().getUnit()));
    }
    if (logical != null && logical.isSetINTEGER()) {
      return of(e, leaf, DataType.I64, logical.getINTEGER().isIsSigned() ? NONE : UNSIGNED_LONG);
    }
    if (logical != null && logical.isSetDECIMAL()) {
      return of(e, leaf, DataType.F64, DECIMAL);
    }
    if (e.getConverted_type() == null) {
      return of(e, leaf, DataType.I64, NONE);
    }
    return switch (e.getConverted_type()) {
      case TIMESTAMP_MILLIS -> of(e, leaf, DataType.TIMESTAMP_MICROS, MILLIS);
      case TIMESTAMP_MICROS -> of(e, leaf, DataType.TIMESTAMP_MICROS, NONE);
      case UINT_64 -> of(e, leaf, DataType.I64, UNSIGNED_LONG);
      case DECIMAL -> of(e, leaf, DataType.F64, DECIMAL);
      default -> of(e, leaf, DataType.I64, NONE);
    };
  }

  private static ParquetColumn bytes(SchemaElement e, int leaf) {
    LogicalType logical = e.getLogicalType();
    if (logical != null && logical.isSetFLOAT16()) {
      return of(e, leaf, DataType.F32, HALF);
    }
    if (logical != null && (logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON())) {
      return of(e, leaf, DataType.UTF8, NONE);
    }
    if (logical != null && logical.isSetDECIMAL()) {
      return of(e, leaf, DataType.F64, DECIMAL);
    }
    if (e.getConverted_type() == null) {
      return of(e, leaf, DataType.BINARY, NONE);
    }
    return switch (e.getConverted_type()) {
      case UTF8, ENUM, JSON -> of(e, leaf, DataType.UTF8, NONE);
      case DECIMAL -> of(e, leaf, DataType.F64, DECIMAL);
      default -> of(e, leaf, DataType.BINARY, NONE);
    };
  }

  private static Conversion conversion(TimeUnit unit) {
    return unit.isSetMILLIS() ? MILLIS : unit.isSetNANOS() ? NANOS : NONE;
  }

  private static ParquetColumn of(SchemaElement e, int leaf, DataType type, Conversion conversion) {
    boolean fixed = e.getType() == Type.FIXED_LEN_BYTE_ARRAY;
    if (fixed && (e.getType_length() < 0 || e.getType_length() > 1 << 24)) {
      throw new BadPage(
          "column '" + e.getName() + "' has values of " + e.getType_length() + " bytes");
    }
    int scale =
        e.getLogicalType() != null && e.getLogicalType().isSetDECIMAL()
            ? e.getLogicalType().getDECIMAL().getScale()
            : e.getScale();
    return new ParquetColumn(
        e.getName(),
        leaf,
        e.getType(),
        fixed ? e.getType_length() : -1,
        e.getRepetition_type() != FieldRepetitionType.REQUIRED,
        type,
        conversion,
        scale,
        "");
  }

  /** Whether values are stored as numbers of fixed width. */
  boolean isStoredAsNumber() {
    return physical != Type.BYTE_ARRAY && physical != Type.FIXED_LEN_BYTE_ARRAY;
  }
}
