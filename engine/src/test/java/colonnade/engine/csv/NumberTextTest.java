package colonnade.engine.csv;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.kernel.Swar;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers are told from other texts, and read to the last bit. */
class NumberTextTest {
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
  void tellsWhatATextIs(String text, NumberText.Shape shape) {
    assertThat(NumberText.shape(padded(text), 0, bytes(text).length)).isEqualTo(shape);
  }

  @Test
  void readsDoublesAsJavaDoes() {
    long seed = Long.getLong("seed", 20_261_121L);
    Random random = new Random(seed);
    DoubleText doubles = new DoubleText();
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
      double expected = text.endsWith("inf") ? value : Double.parseDouble(text);
      assertThat(doubles.parse(padded(text), 0, text.length()))
          .as("seed %d: %s", seed, text)
          .isEqualTo(Double.valueOf(expected));
    }
  }

  @Test
  void readsTheEndsOfTheLongs() {
    for (long value : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1}) {
      String text = Long.toString(value);
      LongText longs = new LongText();
      assertThat(longs.parse(padded(text), 0, text.length())).isEqualTo(value);
      assertThat(longs.hasFailed()).isFalse();
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
    long micros = TimeText.parseTimestamp(padded(text), 0, text.length());
    if (expected == null) {
      assertThat(micros).isEqualTo(TimeText.NONE);
    } else {
      LocalDateTime time = LocalDateTime.parse(expected);
      assertThat(micros)
          .isEqualTo(time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1_000);
    }
  }

  @Test
  void knowsEveryDayAsJavaDoes() {
    for (long day = LocalDate.of(0, 1, 1).toEpochDay();
        day <= LocalDate.of(9999, 12, 31).toEpochDay();
        day++) {
      String text = LocalDate.ofEpochDay(day).toString();
      assertThat(TimeText.parseDate(padded(text), 0, 10)).as(text).isEqualTo(day);
    }
  }

  @ParameterizedTest
  @CsvSource({"1900-02-29", "2001-02-30", "2001-04-31", "2001-00-10", "2001-01-00", "2001/01/01"})
  void refusesDaysThatAreNone(String text) {
    assertThat(TimeText.parseDate(padded(text), 0, 10)).isEqualTo(TimeText.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "007, 7",
    "+7, 7",
    "-007, -7",
    "00000000000000000000000012, 12",
    "0, 0",
    "-0, 0",
    "1234567890123456, 1234567890123456",
    "12345678901234567, 12345678901234567"
  })
  void readsIntegersThatAreAskedFor(String text, long value) {
    LongText longs = new LongText();
    assertThat(longs.parse(padded(text), 0, text.length())).isEqualTo(value);
    assertThat(longs.hasFailed()).isFalse();
    String spaced = "  " + text + " ";
    assertThat(longs.parse(padded(spaced), 0, spaced.length())).isEqualTo(value);
    assertThat(longs.hasFailed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775808",
    "-9223372036854775809",
    "1.0",
    "-",
    "+",
    "+-5",
    "12a",
    "1 2",
    "1234567a",
    "12345678:",
    "123456789012345/",
    "0x10",
    "-٣"
  })
  void refusesWhatIsNoInteger(String text) {
    LongText longs = new LongText();
    longs.parse(padded(text), 0, bytes(text).length);
    assertThat(longs.hasFailed()).isTrue();
    assertThat(longs.hasFailed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({".", "-.", "1e", "1.2.3", "1d", "0x1p3", "+-1", "1_0", "12:4"})
  void refusesWhatIsNoNumber(String text) {
    DoubleText doubles = new DoubleText();
    doubles.parse(padded(text), 0, text.length());
    assertThat(doubles.hasFailed()).isTrue();
  }

  @Test
  void roundsEveryTieAndEndAsJavaDoes() {
    DoubleText doubles = new DoubleText();
    for (String text :
        new String[] {
          "0",
          "-0",
          "-0.0",
          "007.5",
          "+1.5",
          "5.",
          ".5",
          "1e400",
          "1e-400",
          "4.9e-324",
          "2.4e-324",
          "2.5e-324",
          "2.2250738585072011e-308",
          "2.2250738585072014e-308",
          "1.7976931348623157e308",
          "1.7976931348623159e308",
          "9007199254740993",
          "9007199254740993.0",
          "9007199254740992.5",
          "900719925474099.35",
          "0.1",
          "123456789012345678",
          "1234567890123456789012345678.5",
          "9e22",
          "9e23",
          "1e23",
          "8.5e22",
          "0.000000000000000000000000000000000001",
          "1e99999999999",
          "1e-99999999999",
          "0e99999999999"
        }) {
      assertThat(doubles.parse(padded(text), 0, text.length()))
          .as(text)
          .isEqualTo(Double.valueOf(Double.parseDouble(text)));
      assertThat(doubles.hasFailed()).as(text).isFalse();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] padded(String text) {
    byte[] bytes = bytes(text);
    byte[] padded = Arrays.copyOf(bytes, bytes.length + Swar.PADDING_BYTES);
    Arrays.fill(padded, bytes.length, padded.length, (byte) '7');
    return padded;
  }
}
