package colonnade.oracle;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random tables whose values are likely to go wrong: edges, duplicates, nulls, NaN, ±0, ±∞. */
final class RandomTables {
  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "b",
    "ab",
    "abc",
    "ABC",
    "a b",
    "  pad\t",
    "ä",
    "ÄÖ",
    "é",
    "e\u0301x",
    "日本語",
    "日",
    "😀a😀",
    "a,b,,c",
    "aaa",
    "aba",
    "0",
    "-17",
    "3.25",
    "\u2003x\u2003",
    "Ünï",
    "line\nbreak",
    "a\u0000b",
    "long enough for no inlining anywhere",
    "long enough for no inlining either",
    "'",
    "%_",
    "\\",
    "\uffff",
    "ij",
    "Zebra",
    "zebra"
  };
  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    0.1,
    1.005,
    2.675,
    0.49999999999999994,
    1e-300,
    1e300,
    -1e300,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.NaN,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0x1p53,
    0x1p63,
    -0x1p63,
    127.9,
    255.5,
    2147483647.5,
    4503599627370495.5,
    16777217.0,
    1e15,
    100,
    3
  };
  private static final long DAY = 86_400_000_000L;

  private RandomTables() {}

  /** Two columns of each type, named by it ({@code f64} and {@code f64_2}), and {@code n}. */
  static Schema everyType() {
    List<Field> fields = new ArrayList<>();
    for (DataType type : DataType.values()) {
      fields.add(new Field(type.label(), type));
      fields.add(new Field(type.label() + "_2", type));
    }
    fields.add(new Field("n", DataType.I64));
    return new Schema(fields);
  }

  /** A table of this schema; how often nulls, edges and duplicates come is random per column. */
  static OracleTable of(Schema schema, int rowCount, SplittableRandom random) {
    List<Object[]> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      double nulls = new double[] {0, 0.1, 0.1, 0.5, rowCount < 50 ? 1 : 0.9}[random.nextInt(5)];
      boolean few = random.nextBoolean();
      Object[] values = new Object[rowCount];
      for (int r = 0; r < rowCount; r++) {
        values[r] = random.nextDouble() < nulls ? null : value(field, few, random);
      }
      columns.add(values);
    }
    return new OracleTable(schema, columns, rowCount);
  }

  private static Object value(Field field, boolean few, SplittableRandom random) {
    return field.name().equals("n")
        ? (Object) random.nextLong(-1_000_000, 1_000_000)
        : value(field.type(), few, random);
  }

  /** A value that is not null; {@code few} gives many duplicates. */
  static Object value(DataType type, boolean few, SplittableRandom random) {
    return switch (type) {
      case I8 -> integer(-128, 127, few, random);
      case I16 -> integer(Short.MIN_VALUE, Short.MAX_VALUE, few, random);
      case I32 -> integer(Integer.MIN_VALUE, Integer.MAX_VALUE, few, random);
      case I64 -> integer(Long.MIN_VALUE, Long.MAX_VALUE, few, random);
      case U8 -> integer(0, 255, few, random);
      case U16 -> integer(0, 65_535, few, random);
      case U32 -> integer(0, 0xffff_ffffL, few, random);
      case F64 -> floating(few, random);
      case F32 -> (double) (float) floating(few, random);
      case BOOL -> random.nextBoolean();
      // Years 1 to 9999, which every part and truncation of DuckDB takes.
      case DATE ->
          few ? (Object) random.nextLong(-3, 40) : (Object) random.nextLong(-719_162, 2_932_897);
      case TIMESTAMP_MICROS ->
          few
              ? (Object) (random.nextLong(-2, 3) * DAY / 2 + random.nextLong(-1, 2))
              : (Object) random.nextLong(-719_162 * DAY, 2_932_897 * DAY);
      case UTF8 -> text(few, random);
      case BINARY ->
          random.nextInt(4) == 0
              ? new byte[] {(byte) 0xff, (byte) random.nextInt(3)}
              : text(few, random).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static Object integer(long least, long greatest, boolean few, SplittableRandom random) {
    if (few) {
      return (Object) (random.nextLong(least == 0 ? 0 : -3, 6));
    }
    return switch (random.nextInt(8)) {
      case 0 -> (Object) least;
      case 1 -> (Object) greatest;
      case 2 -> (Object) (least == 0 ? 0L : random.nextLong(-2, 3));
      default ->
          (Object)
              (greatest == Long.MAX_VALUE
                  ? random.nextLong() >> random.nextInt(64)
                  : random.nextLong(least, greatest + 1));
    };
  }

  private static double floating(boolean few, SplittableRandom random) {
    if (few) {
      return switch (random.nextInt(12)) {
        case 0 -> Double.NaN;
        case 1 -> -0.0;
        case 2 -> Double.NEGATIVE_INFINITY;
        default -> random.nextInt(-8, 9) / 4.0;
      };
    }
    return switch (random.nextInt(4)) {
      case 0 -> DOUBLES[random.nextInt(DOUBLES.length)];
      case 1 -> random.nextDouble(-10, 10);
      case 2 -> random.nextInt(-1000, 1000) / 8.0;
      default ->
          random.nextDouble()
              * Math.pow(10, random.nextInt(-12, 13))
              * (random.nextBoolean() ? 1 : -1);
    };
  }

  private static String text(boolean few, SplittableRandom random) {
    if (few || random.nextInt(3) == 0) {
      return TEXTS[random.nextInt(few ? 8 : TEXTS.length)];
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      text.append(
          random.nextInt(3) == 0 ? random.nextInt(1000) : TEXTS[random.nextInt(TEXTS.length)]);
    }
    return text.toString();
  }
}
