package colonnade;

import static colonnade.Expr.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of text are readable, whatever is in them. */
class TextTableTest {
  @Test
  void showsTypesNullsAndAlignedNumbers() {
    try (Table table =
        Table.of(
            "name", new String[] {"a", null, "日本語"},
            "n", new int[] {1, -20, 300},
            "x", new Double[] {0.5, null, Double.NaN})) {
      assertThat(table.text(5))
          .isEqualTo(
              """
              name      n     x
              utf8    i32   f64
              ──────  ───  ────
              a         1   0.5
              null    -20  null
              日本語  300   NaN
              3 rows
              """);
    }
  }

  @Test
  void saysHowManyRowsThereAre() {
    try (Table table = Table.of("n", IntStream.range(0, 1_000).toArray())) {
      assertThat(table.text(2)).endsWith("  0\n  1\nfirst 2 of 1,000 rows\n");
      assertThat(table.filter(col("n").gt(5)).text(2))
          .endsWith("  6\n  7\nfirst 2 rows; there are more\n");
      assertThat(table.filter(col("n").gt(998)).text(2)).endsWith("999\n1 row\n");
      assertThat(table.filter(col("n").gt(998)).text(1)).endsWith("999\n1 row\n");
      assertThat(table.filter(col("n").lt(0)).text(1)).endsWith("───\n0 rows\n");
      assertThat(TextTable.headAndTail(table))
          .contains("  4\n  …\n995\n")
          .endsWith("999\n1,000 rows\n");
    }
  }

  @Test
  void cutsWideValuesAndEscapesControlCharacters() {
    String wide = "x".repeat(100);
    try (Table table = Table.of("s", new String[] {wide, "a\nb\tc\u0007", "🙂".repeat(30)})) {
      assertThat(table.text(5))
          .contains("\n" + "x".repeat(31) + "…\n")
          .contains("\na\\nb\\tc\\u0007\n")
          .contains("\n" + "🙂".repeat(15) + "…\n");
    }
  }

  @Test
  void leavesOutColumnsWhereTheLineIsFull() {
    Object[] columns = new Object[80];
    for (int c = 0; c < 40; c++) {
      columns[2 * c] = "column " + c;
      columns[2 * c + 1] = new int[] {c};
    }
    try (Table table = Table.of(columns)) {
      String text = table.text(1);
      assertThat(text.lines())
          .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(120));
      assertThat(text).contains("column 0").contains("…").contains("column 39");
      assertThat(text).containsPattern("1 row; \\d+ of 40 columns not shown\n$");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "0.1, 0.1",
    "1e-7, 1.0E-7",
    "3.14159265358979, 3.141593",
    "123456.789, 123456.8",
    "1234567.891, 1234567.9",
    "123456789012, 123456789012.0",
    "1e300, 1.0E300",
    "0.000123456789, 0.000123457",
    "NaN, NaN",
    "Infinity, inf",
    "-Infinity, -inf",
    "99.99999999, 100.0",
    "-2.5, -2.5"
  })
  void writesNumbersShort(double value, String text) {
    assertThat(CellText.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "é, 1",
    "日本, 4",
    "🙂, 2",
    "👩‍👩‍👧, 2",
    "👍🏽, 2",
    "'', 0",
    "한글, 4",
    "e\u0301, 1"
  })
  void measuresTextInColumnsOfATerminal(String text, int width) {
    assertThat(TextWidth.of(text)).isEqualTo(width);
  }

  @Test
  void staysAlignedWhereTheCharsetIsPoor() {
    assertThat(Console.plain("a…\n──\n1 row × 2")).isEqualTo("a~\n--\n1 row x 2");
  }

  @Test
  void writesTimesAsPeopleDo() {
    assertThat(CellText.of(LocalDate.of(2001, 2, 3))).isEqualTo("2001-02-03");
    assertThat(CellText.of(LocalDateTime.of(2001, 2, 3, 4, 5))).isEqualTo("2001-02-03 04:05:00");
    assertThat(CellText.of(LocalDateTime.of(2001, 2, 3, 4, 5, 6, 500_000)))
        .isEqualTo("2001-02-03 04:05:06.0005");
    assertThat(CellText.of(new byte[] {1, (byte) 0xff})).isEqualTo("01ff");
    assertThat(CellText.of(new byte[20])).isEqualTo("0".repeat(32) + "… (20 bytes)");
  }
}
