package colonnade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written as CSV is read again as it was. Repeat a failure with {@code -Dseed=}. */
class CsvRoundTripTest {
  private static final String[] PIECES = {
    "a", "\"", ",", "\n", "\r\n", "\r", "#", " ", "'", ";", "é", "🙂", "0", "-", "NaN", "null"
  };
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    0.1,
    1e22,
    1e23,
    123456789012345678.0,
    2.2250738585072014E-308
  };

  @TempDir Path folder;

  @Test
  void givesBackWhatWasWritten() throws Exception {
    long seed = Long.getLong("seed", 20_261_121L);
    Random random = new Random(seed);
    int rows = 3_000;
    Long[] integers = new Long[rows];
    Double[] numbers = new Double[rows];
    Boolean[] truths = new Boolean[rows];
    String[] texts = new String[rows];
    LocalDate[] dates = new LocalDate[rows];
    LocalDateTime[] times = new LocalDateTime[rows];
    byte[][] bytes = new byte[rows][];
    for (int i = 0; i < rows; i++) {
      integers[i] = random.nextInt(10) == 0 ? null : random.nextLong() >> random.nextInt(64);
      numbers[i] = random.nextInt(10) == 0 ? null : number(random);
      truths[i] = random.nextInt(10) == 0 ? null : random.nextBoolean();
      texts[i] = random.nextInt(10) == 0 ? null : text(random);
      dates[i] =
          random.nextInt(10) == 0
              ? null
              : LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_000_000));
      times[i] =
          random.nextInt(10) == 0
              ? null
              : LocalDateTime.ofEpochSecond(
                  random.nextLong(-62_000_000_000L, 250_000_000_000L),
                  random.nextInt(1_000_000) * 1_000,
                  ZoneOffset.UTC);
      bytes[i] = random.nextInt(10) == 0 ? null : new byte[random.nextInt(1, 5)];
      if (bytes[i] != null) {
        random.nextBytes(bytes[i]);
      }
    }
    Path path = folder.resolve("t.csv");
    try (Table table =
        Table.of(
            "i", integers, "n", numbers, "b", truths, "s", texts, "d", dates, "t", times, "x",
            bytes)) {
      Csv.write(table, path);
      CsvOptions options = CsvOptions.defaults().withType("x", DataType.BINARY);
      try (Table again = Csv.read(path, options).collect()) {
        assertThat(again.schema()).isEqualTo(table.schema());
        assertThat(again.rowCount()).isEqualTo(rows);
        for (int r = 0; r < rows; r++) {
          for (int c = 0; c < table.schema().size(); c++) {
            assertThat(again.row(r).get(c))
                .as("seed %d, row %d, column %s", seed, r, table.schema().name(c))
                .isEqualTo(table.row(r).get(c));
          }
        }
      }
    }
    assertThat(Files.list(folder)).containsExactly(path);
  }

  private static double number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
      case 1 -> Double.longBitsToDouble(random.nextLong());
      case 2 -> random.nextInt(100_000) / 100.0;
      default -> random.nextGaussian();
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
