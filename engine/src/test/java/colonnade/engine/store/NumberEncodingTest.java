package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes of numbers: when they are chosen, what they hold, and how a column leaves them. */
class NumberEncodingTest {
  private static final long SEED = Long.getLong("seed", 71_402);

  @TempDir Path directory;

  private int tables;

  /** Encoding, bytes of a code, base, decimals; "plain" alone. */
  private static String layout(Path table) {
    try (Snapshot snapshot = TableStore.open(table)) {
      var column = snapshot.manifest().columns().getFirst();
      NumberCode code = column.numberCode();
      return code == null
          ? column.encoding().label()
          : column.encoding().label()
              + " "
              + column.codeWidthBytes()
              + " "
              + code.base()
              + " "
              + code.decimals();
    }
  }

  private Path written(DataType type, List<? extends @Nullable Object> rows) {
    Path table = directory.resolve("t" + tables++);
    Tables.create(table, type, rows, WriteOptions.DEFAULT);
    assertThat(Tables.rows(table)).isEqualTo(rows);
    Tables.assertClean(table);
    return table;
  }

  @ParameterizedTest
  @CsvSource({
    "I64, 0, 255, narrow 1 0 0",
    "I64, 0, 256, narrow 2 0 0",
    "I64, 1, 65535, narrow 2 0 0",
    "I64, 1, 65536, narrow 2 1 0",
    "I64, 0, 65536, narrow 4 -2147450879 0",
    "I64, -1, 4294967294, narrow 4 -1 0",
    "I64, 0, 4294967296, plain",
    "I64, 1000, 1255, narrow 1 1000 0",
    "I64, 1000, 1253, narrow 1 999 0",
    "I64, -9223372036854775808, -9223372036854775807, narrow 1 -9223372036854775808 0",
    "I64, 9223372036854775806, 9223372036854775807, narrow 1 9223372036854775552 0",
    "I64, -9223372036854775808, 9223372036854775807, plain",
    "TIMESTAMP_MICROS, 10000000000, 10000065000, narrow 2 9999999733 0",
    "DATE, 8036, 10562, narrow 2 -23468 0",
    "I32, -2147483648, -2147483647, narrow 1 -2147483648 0",
    "I32, 0, 65536, plain",
    "U32, 4294967294, 4294967295, narrow 1 4294967040 0",
    "U16, 65280, 65535, narrow 1 65280 0",
    "I16, -200, 50, narrow 1 -202 0",
    "I16, -200, 56, plain",
    "I8, 1, 2, plain",
    "U8, 1, 2, plain",
    "BOOL, 0, 1, bits",
  })
  void takesTheNarrowestCodesOfHalfTheWidthOrLess(
      DataType type, long low, long high, String expected) {
    assertThat(layout(written(type, List.of(low, high, low)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 50.0, scaled 1 0 0",
    "0.05, 0.1, scaled 1 0 2",
    "900.0, 104950.5, scaled 4 -2146954395 1",
    "-0.01, 0.01, scaled 1 -127 2",
    "0.1, 0.30000000000000004, plain",
    "1e-15, 2e-15, scaled 1 0 15",
    "1e-16, 2e-16, plain",
    "1.0, -0.0, plain",
    "1.0, NaN, plain",
    "1.0, Infinity, plain",
    "1.0, 4.9e-324, plain",
    "2251799813685247, 2251799813685248, scaled 1 2251799813685120 0",
    "2251799813685248, 2251799813685249, plain",
    "0.0, 4294967296.0, plain",
  })
  void scalesDoublesThatAreExactDecimalsOnly(double low, double high, String expected) {
    assertThat(layout(written(DataType.F64, List.of(low, high)))).isEqualTo(expected);
  }

  @Test
  void keepsPlainWhatIsAskedToBePlain() {
    Path table = directory.resolve("plain");
    Tables.create(
        table,
        DataType.I64,
        List.of(1L, 2L),
        WriteOptions.DEFAULT.withEncoding(EncodingChoice.PLAIN));
    assertThat(layout(table)).isEqualTo("plain");
    Tables.append(table, DataType.I64, List.of(3L), WriteOptions.DEFAULT);
    assertThat(layout(table)).isEqualTo("plain");
  }

  @Test
  void beginsCodesAfterRowsThatAreAllNull() {
    for (DataType type : List.of(DataType.I64, DataType.F64)) {
      List<@Nullable Object> rows = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        rows.add(null);
      }
      Path table = written(type, rows);
      List<Object> values =
          type == DataType.F64 ? List.of(70_000.25, 70_001.0) : List.of(70_000L, 70_001L);
      Tables.append(table, type, values, WriteOptions.DEFAULT);
      rows.addAll(values);
      assertThat(Tables.rows(table)).isEqualTo(rows);
      Tables.assertClean(table);
      assertThat(layout(table)).startsWith(type == DataType.F64 ? "scaled 1" : "narrow 1");
    }
  }

  @Test
  void beginsCodesInATableThatWasCommittedWithoutRows() {
    Path table = written(DataType.I64, List.of());
    assertThat(layout(table)).isEqualTo("constant");
    Tables.append(table, DataType.I64, List.of(1_000_000L, 1_000_001L), WriteOptions.DEFAULT);
    assertThat(layout(table)).isEqualTo("narrow 1 999873 0");
  }

  @Test
  void widensWithinOneCommitAndBetweenCommits() {
    List<Long> steps = List.of(3L, -100L, 300L, 70_000L, 1L << 40);
    List<String> layouts =
        List.of("constant", "narrow 1 -176 0", "narrow 2 -32667 0", "narrow 4 -2147448697 0");
    List<Object> rows = new ArrayList<>();
    Path stepwise = written(DataType.I64, rows);
    for (int i = 0; i < steps.size(); i++) {
      Tables.append(stepwise, DataType.I64, List.of(steps.get(i)), WriteOptions.DEFAULT);
      rows.add(steps.get(i));
      assertThat(Tables.rows(stepwise)).isEqualTo(rows);
      Tables.assertClean(stepwise);
      assertThat(layout(stepwise)).isEqualTo(i < layouts.size() ? layouts.get(i) : "plain");
    }
    Path together = directory.resolve("together");
    try (TableWriter writer =
        TableWriter.create(together, Schema.of("x", DataType.I64), WriteOptions.DEFAULT)) {
      for (long step : steps) {
        Tables.write(writer, DataType.I64, List.of(step));
      }
    }
    assertThat(Tables.rows(together)).isEqualTo(rows);
    Tables.assertClean(together);
  }

  @Test
  void takesMoreDecimalsWhenAValueNeedsThem() {
    List<Object> rows = new ArrayList<>(List.of(0.5, 12.0));
    Path table = written(DataType.F64, rows);
    assertThat(layout(table)).isEqualTo("scaled 1 0 1");
    for (double next : new double[] {0.25, 1.125, -3, Math.PI}) {
      Tables.append(table, DataType.F64, List.of(next), WriteOptions.DEFAULT);
      rows.add(next);
      assertThat(Tables.rows(table)).isEqualTo(rows);
      Tables.assertClean(table);
    }
    assertThat(layout(table)).isEqualTo("plain");
  }

  @ParameterizedTest
  @EnumSource(names = {"I16", "I32", "U32", "I64", "DATE", "TIMESTAMP_MICROS", "F64"})
  void givesBackEveryBitHoweverTheRangeGrows(DataType type) {
    var random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 40; trial++) {
      Path table = directory.resolve(type + "-" + trial);
      List<@Nullable Object> rows = new ArrayList<>();
      boolean nulls = random.nextBoolean();
      int bits = 1 + random.nextInt(8);
      int writes = 1 + random.nextInt(6);
      long center = type == DataType.F64 ? random.nextLong(1L << 40) : random.nextInt(1000);
      for (int w = 0; w < writes; w++) {
        List<@Nullable Object> more = new ArrayList<>();
        for (int i = random.nextInt(5000); i > 0; i--) {
          more.add(nulls && random.nextInt(4) == 0 ? null : value(type, center, bits, random));
        }
        if (w == 0) {
          Tables.create(table, type, more, WriteOptions.DEFAULT);
        } else {
          Tables.append(table, type, more, WriteOptions.DEFAULT);
        }
        rows.addAll(more);
        bits += random.nextInt(8);
      }
      assertThat(Tables.rows(table))
          .as("%s, trial %d, seed %d, %s", type, trial, SEED, layout(table))
          .isEqualTo(rows);
      Tables.assertClean(table);
    }
  }

  private static Object value(DataType type, long center, int bits, SplittableRandom random) {
    long spread = random.nextLong() >> 64 - Math.min(bits, 62);
    return switch (type) {
      case F64 ->
          random.nextInt(20_000) == 0
              ? (Object) Double.longBitsToDouble(random.nextLong())
              : (Object) ((center + spread) / (bits % 2 == 0 ? 100.0 : 1000.0));
      case I16 -> (long) (short) spread;
      case U32 -> spread & 0xffff_ffffL;
      case I32, DATE -> (long) (int) (center + spread);
      default -> center + spread;
    };
  }

  @Test
  void leavesAReaderItsRowsWhileTheColumnWidens() {
    List<Long> first = LongStream.range(0, 70_000).map(i -> i % 200).boxed().toList();
    Path table = written(DataType.I64, first);
    try (Snapshot early = TableStore.open(table)) {
      Tables.append(table, DataType.I64, List.of(100_000L), WriteOptions.DEFAULT);
      try (Snapshot later = TableStore.open(table)) {
        Tables.append(table, DataType.I64, List.of(Long.MAX_VALUE), WriteOptions.DEFAULT);
        Tables.append(table, DataType.I64, List.of(5L), WriteOptions.DEFAULT);
        Tables.append(table, DataType.I64, List.of(6L), WriteOptions.DEFAULT);
        assertThat(Vectors.values(later.column(0), 4096)).hasSize(70_001).endsWith(100_000L);
      }
      assertThat(Vectors.values(early.column(0), 4096)).isEqualTo(first);
    }
    assertThat(Tables.rows(table)).hasSize(70_004).endsWith(Long.MAX_VALUE, 5L, 6L);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "7", "8", "9", "2047", "2048", "2049", "65535", "65536", "65537", "140000"})
  void readsEveryWidthAtHostileSizes(int rowCount) {
    for (long span : new long[] {1, 255, 65_535, 4_294_967_295L}) {
      for (boolean nulls : new boolean[] {false, true}) {
        List<@Nullable Object> longs = new ArrayList<>();
        List<@Nullable Object> doubles = new ArrayList<>();
        IntStream.range(0, rowCount)
            .forEach(i -> {
              boolean isNull = nulls && i % 3 == 1;
              long number = i % 2 == 0 ? span : (long) i * 7919 % (span + 1);
              longs.add(isNull ? null : (Long) (number - 5));
              doubles.add(isNull ? null : (Double) (number / 100.0));
            });
        written(DataType.I64, longs);
        written(DataType.F64, doubles);
      }
    }
  }
}
