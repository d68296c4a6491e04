package colonnade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers are told from other texts, and read to the last bit. */
class CsvNumberTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-empty-",
      value = {
        "0, I64",
        "-0, I64",
        "7, I64",
        "-12, I64",
        "9223372036854775807, I64",
        "-9223372036854775808, I64",
        "9223372036854775808, LARGE",
        "-9223372036854775809, LARGE",
        "99999999999999999999, LARGE",
        "1.5, F64",
        ".5, F64",
        "5., F64",
        "1e3, F64",
        "1E-3, F64",
        "-1.5e+10, F64",
        "0.0, F64",
        "NaN, F64",
        "nan, F64",
        "inf, F64",
        "-inf, F64",
        "Infinity, F64",
        "-Infinity, F64",
        "007, NONE",
        "-01, NONE",
        "00.5, NONE",
        "+5, NONE",
        "1d, NONE",
        "1f, NONE",
        "0x1p3, NONE",
        "1e, NONE",
        "1e+, NONE",
        "., NONE",
        "-, NONE",
        "1.2.3, NONE",
        "1 2, NONE",
        "e5, NONE",
        "-.e5, NONE",
        "٣, NONE"
      })
  void tellsWhatATextIs(String text, CsvNumber.Shape shape) {
    assertThat(CsvNumber.shape(text.toCharArray(), 0, text.length())).isEqualTo(shape);
  }

  @Test
  void readsDoublesAsJavaDoes() {
    long seed = Long.getLong("seed", 20_261_121L);
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      double value =
          switch (random.nextInt(3)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(1_000_000_000) / Math.pow(10, random.nextInt(9));
            default -> random.nextDouble();
          };
      String text =
          Double.isFinite(value) && random.nextBoolean()
              ? new java.math.BigDecimal(value)
                  .round(new java.math.MathContext(1 + random.nextInt(18)))
                  .toString()
              : Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : Double.toString(value);
      text = text.replace("E+", "E");
      char[] chars = text.toCharArray();
      double expected = text.endsWith("inf") ? value : Double.parseDouble(text);
      assertThat(CsvNumber.parseDouble(chars, 0, chars.length))
          .as("seed %d: %s", seed, text)
          .isEqualTo(Double.valueOf(expected));
    }
  }

  @Test
  void readsTheEndsOfTheLongs() {
    for (long value : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1}) {
      char[] text = Long.toString(value).toCharArray();
      assertThat(CsvNumber.parseLong(text, 0, text.length)).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2001-02-03, 2001-02-03T00:00:00",
    "2001-02-03T04:05, 2001-02-03T04:05:00",
    "2001-02-03 04:05:06, 2001-02-03T04:05:06",
    "2001-02-03T04:05:06Z, 2001-02-03T04:05:06",
    "1969-12-31T23:59:59.999999, 1969-12-31T23:59:59.999999",
    "2001-02-03T04:05:06.1234567, 2001-02-03T04:05:06.123456",
    "2001-02-29, ",
    "2001-13-01, ",
    "2001-2-3, ",
    "2001-02-03T24:00, ",
    "2001-02-03T04:05:, ",
    "2001-02-03T04:05:06., ",
    "2001-02-03T04:05:06+02:00, ",
    "2001-02-03x04:05, ",
    "03.02.2001, "
  })
  void readsTimestamps(String text, String expected) {
    long micros = CsvTime.parseTimestamp(text.toCharArray(), 0, text.length());
    if (expected == null) {
      assertThat(micros).isEqualTo(CsvTime.NONE);
    } else {
      assertThat(Values.timestamp(micros)).isEqualTo(java.time.LocalDateTime.parse(expected));
    }
  }
}
