package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        try (Arena arena = Arena.ofConfined()) {
          write(table, type, WriteOptions.DEFAULT, Vectors.plain(type, rows, arena), rowCount);
        }
        try (Snapshot snapshot = TableStore.open(table)) {
          assertThat(snapshot.rowCount()).isEqualTo(rowCount);
          assertThat(Vectors.values(snapshot.column(0), 4096))
              .as("%s, nulls %s, seed %d", type, nulls, SEED)
              .isEqualTo(rows);
          assertThat(snapshot.statistics(0).nullCount())
              .isEqualTo(rows.stream().filter(row -> row == null).count());
        }
      }
    }
  }

  private static void write(
      Path table, DataType type, WriteOptions options, Vector vector, int rowCount) {
    try (TableWriter writer = TableWriter.create(table, Schema.of("x", type), options)) {
      writer.write(new Vector[] {vector}, rowCount);
    }
  }
}
