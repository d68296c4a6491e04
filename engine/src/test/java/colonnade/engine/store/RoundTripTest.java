package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what is read: every type, with and without nulls, around every boundary. */
class RoundTripTest {
  private static final long SEED = Long.getLong("seed", 20_251);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 7, 8, 9, 63, 64, 65, 4095, 4096, 4097, 65_535, 65_536, 65_537, 200_000})
  void readsWhatWasWrittenOfEveryTypeWithAndWithoutNulls(int rowCount) {
    var random = new SplittableRandom(SEED);
    for (DataType type : DataType.values()) {
      for (boolean nulls : new boolean[] {false, true}) {
        Path table = directory.resolve(type + "-" + nulls);
        List<@Nullable Object> rows = Vectors.random(type, rowCount, nulls, random);
        Tables.create(table, type, rows, WriteOptions.DEFAULT);
        assertThat(Tables.rows(table))
            .as("%s, nulls %s, seed %d", type, nulls, SEED)
            .isEqualTo(rows);
        Tables.assertClean(table);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsTextAndBinaryInEveryEncodingFromEveryLayout(EncodingChoice choice) {
    var random = new SplittableRandom(SEED);
    WriteOptions options = WriteOptions.DEFAULT.withEncoding(choice);
    for (DataType type : List.of(DataType.UTF8, DataType.BINARY)) {
      for (int width : new int[] {0, 2, 4}) {
        Path table = directory.resolve(type + "-" + width);
        List<@Nullable Object> rows = Vectors.random(type, 70_003, true, random);
        if (type == DataType.BINARY && width > 0) {
          rows.replaceAll(row ->
              row == null
                  ? null
                  : row.toString().substring(0, Math.min(1, row.toString().length())));
        }
        try (Arena arena = Arena.ofConfined();
            TableWriter writer =
                TableWriter.create(table, colonnade.Schema.of("x", type), options)) {
          writer.write(
              new Vector[] {
                width == 0
                    ? Vectors.plain(type, rows, arena)
                    : Vectors.coded(type, rows, width, arena)
              },
              rows.size());
        }
        assertThat(Tables.rows(table))
            .as("%s, codes of %d bytes, seed %d", type, width, SEED)
            .isEqualTo(rows);
        Tables.assertClean(table);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void holdsZeroOrNothingWhereARowIsNull(DataType type) {
    var random = new SplittableRandom(SEED);
    List<@Nullable Object> rows = Vectors.random(type, 10_000, true, random);
    for (EncodingChoice choice : EncodingChoice.values()) {
      Path table = directory.resolve(choice.name());
      Tables.create(table, type, rows, WriteOptions.DEFAULT.withEncoding(choice));
      try (Snapshot snapshot = TableStore.open(table)) {
        Vector vector = snapshot.column(0).vector(0, rows.size());
        for (int i = 0; i < rows.size(); i++) {
          if (rows.get(i) == null) {
            Object expected =
                switch (type) {
                  case F32 -> 0.0f;
                  case F64 -> 0.0;
                  case UTF8, BINARY -> "";
                  default -> 0L;
                };
            assertThat(Vectors.raw(vector, i)).isEqualTo(expected);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void describesColumnsAndBlocksByTheirExtremes(DataType type) {
    var random = new SplittableRandom(SEED);
    List<@Nullable Object> rows = Vectors.random(type, 150_000, true, random);
    Tables.create(directory, type, rows, WriteOptions.DEFAULT);
    try (Snapshot snapshot = TableStore.open(directory)) {
      assertThat(snapshot.blockCount()).isEqualTo(3);
      assertThat(snapshot.statistics(0)).isEqualTo(expected(rows));
      for (int block = 0; block < 3; block++) {
        List<@Nullable Object> part =
            rows.subList(block * 65_536, Math.min(rows.size(), (block + 1) * 65_536));
        assertThat(snapshot.blockStatistics(0, block)).isEqualTo(expected(part));
      }
      assertThat(snapshot.mappedFileCount()).isZero();
    }
  }

  private static ColumnStatistics expected(List<@Nullable Object> rows) {
    ColumnStatistics none = ColumnStatistics.EMPTY;
    long nulls = 0;
    long nans = 0;
    long minLong = none.minLong();
    long maxLong = none.maxLong();
    double minDouble = none.minDouble();
    double maxDouble = none.maxDouble();
    for (Object row : rows) {
      switch (row) {
        case null -> nulls++;
        case Long value -> {
          minLong = Math.min(minLong, value);
          maxLong = Math.max(maxLong, value);
        }
        case Number value -> {
          if (Double.isNaN(value.doubleValue())) {
            nans++;
          } else {
            minDouble = Math.min(minDouble, value.doubleValue());
            maxDouble = Math.max(maxDouble, value.doubleValue());
          }
        }
        default -> {}
      }
    }
    return new ColumnStatistics(rows.size(), nulls, nans, minLong, maxLong, minDouble, maxDouble);
  }
}
