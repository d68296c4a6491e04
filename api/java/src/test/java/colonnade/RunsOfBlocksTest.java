package colonnade;

import static colonnade.Expr.count;
import static colonnade.Expr.mean;
import static colonnade.Expr.std;
import static colonnade.Expr.sum;
import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.exec.QueryOptions;
import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.WriteOptions;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aggregates of whole plain columns, of which several blocks are read by one call of a loop. */
class RunsOfBlocksTest {
  /** A chunk has two blocks from 128 blocks on; the last of these is alone and not full. */
  private static final int ROWS = 128 * 65_536 + 12_345;

  @TempDir Path folder;

  @Test
  void giveTheSameBitsAsBatchesHoweverTheyRun() {
    SplittableRandom random = new SplittableRandom(11);
    float[] x = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      x[i] = (float) (random.nextDouble() * 1e6 - 3e5);
    }
    WriteOptions plain = WriteOptions.DEFAULT.withEncoding(EncodingChoice.PLAIN);
    try (Table memory = Table.of("x", x);
        Table table = memory.writeTo(folder.resolve("t"), Mode.CREATE, plain)) {
      String expected = bits(table, QueryOptions.defaults().withThreads(1).withBatchRows(512));
      for (int threads : new int[] {1, 2, 5}) {
        for (boolean simd : new boolean[] {true, false}) {
          QueryOptions options = QueryOptions.defaults().withThreads(threads).withSimd(simd);
          assertThat(bits(table, options)).isEqualTo(expected);
        }
      }
      double naive = 0;
      for (float v : x) {
        naive += v;
      }
      try (Table result = table.aggregate(sum("x").as("s"), count().as("n")).collect()) {
        assertThat(result.row(0).f64("s")).isCloseTo(naive, withinPart(naive));
        assertThat(result.row(0).i64("n")).isEqualTo(ROWS);
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> withinPart(double value) {
    return org.assertj.core.data.Offset.offset(Math.abs(value) * 1e-9);
  }

  private static String bits(Table table, QueryOptions options) {
    try (Table result =
        table
            .with(options)
            .aggregate(sum("x").as("s"), mean("x").as("m"), std("x").as("d"), count("x").as("n"))
            .collect()) {
      Row row = result.row(0);
      return Long.toHexString(Double.doubleToRawLongBits(row.f64("s")))
          + " "
          + Long.toHexString(Double.doubleToRawLongBits(row.f64("m")))
          + " "
          + Long.toHexString(Double.doubleToRawLongBits(row.f64("d")))
          + " "
          + row.i64("n");
    }
  }
}
