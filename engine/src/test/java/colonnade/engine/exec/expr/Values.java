package colonnade.engine.exec.expr;

import colonnade.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Boxed values of every type that are likely to go wrong. */
final class Values {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "abc",
          "ABC",
          "  pad\t",
          "ä",
          "ßÄö",
          "日本語",
          "😀a😀",
          "a,b,,c",
          "0",
          "-17",
          "3.25",
          "1e3",
          "nan",
          "-Infinity",
          "true",
          "No",
          "300",
          "9223372036854775808",
          "-9223372036854775808",
          "2012-02-29",
          "2011-02-29",
          "2012-01-01T10:20:30.123456",
          "1969-12-31 23:59:59.999999",
          "0001-01-01",
          "-0044-03-15",
          "99999-12-31T00:00",
          "2012-01-01T10:20:30Z",
          "1.5d",
          "+7",
          "-",
          ".",
          "1_000",
          "İstanbul",
          "ǆ",
          "\u2003x\u2003");

  private Values() {}

  /** The edges of {@code type}, without null. */
  static List<Object> edges(DataType type) {
    return switch (type) {
      case BOOL -> List.of(true, false);
      case F64 ->
          List.of(
              0.0,
              -0.0,
              1.0,
              -1.0,
              0.5,
              -0.5,
              1.5,
              2.5,
              -2.5,
              1e-300,
              1e300,
              Double.MIN_VALUE,
              Double.MAX_VALUE,
              -Double.MAX_VALUE,
              Double.NaN,
              Double.POSITIVE_INFINITY,
              Double.NEGATIVE_INFINITY,
              0x1p53,
              0x1p63,
              -0x1p63,
              127.9,
              255.5,
              2147483647.5,
              0.1,
              1.005,
              2.675,
              0.49999999999999994,
              4503599627370495.5,
              16777217.0,
              1e15);
      case F32 ->
          List.of(
              0.0,
              -0.0,
              1.0,
              -1.5,
              (double) 0.1f,
              (double) Float.MIN_VALUE,
              (double) Float.MAX_VALUE,
              -(double) Float.MAX_VALUE,
              Double.NaN,
              Double.POSITIVE_INFINITY,
              Double.NEGATIVE_INFINITY,
              16777216.0,
              3e9,
              255.0);
      case UTF8 -> new ArrayList<>(TEXTS);
      case BINARY ->
          List.of(
              new byte[0],
              new byte[] {0},
              new byte[] {(byte) 0xff, (byte) 0xfe},
              "text".getBytes(StandardCharsets.UTF_8),
              "ä".getBytes(StandardCharsets.UTF_8),
              new byte[] {(byte) 0xc3});
      case DATE ->
          List.of(
              0L,
              -1L,
              1L,
              15403L,
              11016L,
              11017L,
              -719468L,
              -719529L,
              -25567L,
              19723L,
              19722L,
              18627L,
              2932896L,
              2932897L,
              (long) Integer.MAX_VALUE,
              (long) Integer.MIN_VALUE);
      case TIMESTAMP_MICROS ->
          List.of(
              0L,
              -1L,
              1L,
              86_399_999_999L,
              86_400_000_000L,
              -86_400_000_000L,
              -86_400_000_001L,
              1_325_413_230_123_456L,
              1_330_473_600_000_000L,
              -62_135_596_800_000_000L,
              253_402_300_799_999_999L,
              Long.MAX_VALUE,
              Long.MIN_VALUE);
      default -> {
        List<Object> values = new ArrayList<>();
        long least = FixedWidth.least(type);
        long greatest = FixedWidth.greatest(type);
        for (long v : new long[] {0, 1, 2, 3, 7, 10, 45, 100, -1, -2, -3, -45, -50, -100}) {
          if (v >= least && v <= greatest) {
            values.add(v);
          }
        }
        values.addAll(List.of(least, least + 1, greatest, greatest - 1, greatest / 2));
        yield values;
      }
    };
  }

  /** A value of {@code type}, an edge in half of all cases; null in one of {@code nullOneIn}. */
  static Object random(DataType type, SplittableRandom random, int nullOneIn) {
    if (nullOneIn > 0 && random.nextInt(nullOneIn) == 0) {
      return null;
    }
    List<Object> edges = edges(type);
    if (random.nextBoolean() || type.isVariable() || type == DataType.BOOL) {
      return edges.get(random.nextInt(edges.size()));
    }
    return switch (type) {
      case F64 -> random.nextDouble(-1000, 1000);
      case F32 -> (double) (float) random.nextDouble(-1000, 1000);
      case DATE -> random.nextLong(-100_000, 100_000);
      case TIMESTAMP_MICROS -> random.nextLong(-4_000_000_000_000_000L, 4_000_000_000_000_000L);
      default ->
          Math.clamp(random.nextLong(-200, 300), FixedWidth.least(type), FixedWidth.greatest(type));
    };
  }

  /** Rows of random values of a schema. */
  static List<List<Object>> rows(
      colonnade.Schema schema, int count, SplittableRandom random, int nullOneIn) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Object> row = new ArrayList<>();
      for (int c = 0; c < schema.size(); c++) {
        row.add(random(schema.type(c), random, nullOneIn));
      }
      rows.add(row);
    }
    return rows;
  }
}
