package colonnade;

import java.util.Locale;

/**
 * The type of a column's values.
 *
 * <p>Widths are those of the plain encoding, little-endian, as Arrow lays them out, but a plain
 * boolean takes one byte (0 or 1) so that numpy maps it; {@link #UTF8} and {@link #BINARY} are
 * 64-bit offsets beside a file of bytes.
 */
public enum DataType {
  /** Signed 8-bit integer. */
  I8("i8", 1, Kind.INTEGER),
  /** Signed 16-bit integer. */
  I16("i16", 2, Kind.INTEGER),
  /** Signed 32-bit integer. */
  I32("i32", 4, Kind.INTEGER),
  /** Signed 64-bit integer. */
  I64("i64", 8, Kind.INTEGER),
  /** Unsigned 8-bit integer. */
  U8("u8", 1, Kind.INTEGER),
  /** Unsigned 16-bit integer. */
  U16("u16", 2, Kind.INTEGER),
  /** Unsigned 32-bit integer. */
  U32("u32", 4, Kind.INTEGER),
  /** IEEE 754 single precision. */
  F32("f32", 4, Kind.FLOATING),
  /** IEEE 754 double precision. */
  F64("f64", 8, Kind.FLOATING),
  /** True or false. */
  BOOL("bool", 1, Kind.BOOLEAN),
  /** Days since 1970-01-01 in a signed 32-bit integer, without a time zone. */
  DATE("date", 4, Kind.TEMPORAL),
  /** Microseconds since 1970-01-01T00:00:00 in a signed 64-bit integer, without a time zone. */
  TIMESTAMP_MICROS("timestamp", 8, Kind.TEMPORAL),
  /** Text in UTF-8. */
  UTF8("utf8", 0, Kind.VARIABLE),
  /** Bytes of any length. */
  BINARY("binary", 0, Kind.VARIABLE);

  private enum Kind {
    INTEGER,
    FLOATING,
    BOOLEAN,
    TEMPORAL,
    VARIABLE
  }

  private final String label;
  private final int widthBytes;
  private final Kind kind;

  DataType(String label, int widthBytes, Kind kind) {
    this.label = label;
    this.widthBytes = widthBytes;
    this.kind = kind;
  }

  /** The short name used in schemas, file names and messages: {@code f64}, {@code timestamp}. */
  public String label() {
    return label;
  }

  /** Bytes of one plain value; 0 for {@link #UTF8} and {@link #BINARY}, whose values vary. */
  public int widthBytes() {
    return widthBytes;
  }

  /** Whether this is one of the seven integer types. */
  public boolean isInteger() {
    return kind == Kind.INTEGER;
  }

  /** Whether this is {@link #F32} or {@link #F64}. */
  public boolean isFloating() {
    return kind == Kind.FLOATING;
  }

  /** Whether arithmetic applies: integers and floating point. */
  public boolean isNumeric() {
    return isInteger() || isFloating();
  }

  /** Whether this is {@link #DATE} or {@link #TIMESTAMP_MICROS}. */
  public boolean isTemporal() {
    return kind == Kind.TEMPORAL;
  }

  /** Whether values vary in length: {@link #UTF8} and {@link #BINARY}. */
  public boolean isVariable() {
    return kind == Kind.VARIABLE;
  }

  /**
   * Whether values fit a signed 64-bit integer without loss: integers, temporal types and booleans.
   */
  public boolean isIntegral() {
    return kind == Kind.INTEGER || kind == Kind.TEMPORAL || kind == Kind.BOOLEAN;
  }

  /**
   * The type with this label.
   *
   * @throws IllegalArgumentException if there is none; the message lists the labels
   */
  public static DataType parse(String label) {
    String wanted = label.strip().toLowerCase(Locale.ROOT);
    for (DataType type : values()) {
      if (type.label.equals(wanted)) {
        return type;
      }
    }
    StringBuilder known = new StringBuilder();
    for (DataType type : values()) {
      known.append(known.isEmpty() ? "" : ", ").append(type.label);
    }
    throw new IllegalArgumentException("no data type '" + label + "'; the types are " + known);
  }

  @Override
  public String toString() {
    return label;
  }
}
