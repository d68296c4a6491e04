package colonnade;

import static colonnade.DataType.F64;
import static colonnade.DataType.I32;
import static colonnade.DataType.I64;
import static colonnade.DataType.UTF8;
import static colonnade.Expr.col;
import static colonnade.Expr.lit;
import static colonnade.Expr.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.exec.QueryOptions;
import colonnade.engine.observe.WriteLedger;
import colonnade.engine.observe.WriteReport;
import colonnade.engine.observe.Written;
import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.Generation;
import colonnade.engine.store.WriteOptions;
import colonnade.error.InvalidQueryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users see of what their commits, flushes and queries wrote. */
class WriteReportsTest {
  private static final int ROWS = 100_000;

  @TempDir Path folder;

  @Test
  void countsTheRowsOfATableThatAQueryWrote() {
    try (Table table = numbers()) {
      WriteReport report = table.lastCommit().orElseThrow();
      assertThat(report.kind()).isEqualTo(WriteReport.Kind.COMMIT);
      assertThat(report.operation()).isEqualTo("create");
      assertThat(report.written().logicalBytes()).isEqualTo(16L * ROWS);
      assertThat(report.written().writtenBytes()).isBetween(16L * ROWS, 16L * ROWS + 4096);
      assertThat(table.stat().written()).contains(report.written());
    }
  }

  @Test
  void countsWhatAnAppenderAdds() {
    numbers().close();
    try (Table table = Table.open(path(), Mode.READ_WRITE)) {
      try (Appender rows = table.appender()) {
        rows.append(1L, 2.0).append(3L, 4.0);
      }
      WriteReport report = table.lastCommit().orElseThrow();
      assertThat(report.generation()).isEqualTo(2);
      assertThat(report.written().logicalBytes()).isEqualTo(32);
    }
  }

  @Test
  void meansOnlyTheRowsThatAnUpdateIsAbout() {
    numbers().close();
    try (Table table = Table.open(path(), Mode.READ_WRITE)) {
      table.update("x", lit(-1), col("n").lt(10));
      assertCommit(table, 10 * 8, 0);

      table.put("x", 5, 1.5);
      table.put("x", 7, 1.5);
      table.update("x", col("x").plus(1), col("n").ge(ROWS - 3));
      assertCommit(table, 5 * 8, 0);

      table.update("x", col("x").times(2), col("n").lt(10));
      table.update("x", col("x").times(2));
      assertCommit(table, 8L * ROWS, 8L * ROWS);

      table.update("n", lit(7), col("n").lt(0));
      table.renameColumn("n", "m");
      assertCommit(table, 0, 0);
      assertThat(table.lastCommit().orElseThrow().written().amplification()).isEmpty();

      table.addColumn("y", col("x").plus(col("m")));
      assertCommit(table, 8L * ROWS, 8L * ROWS);
    }
  }

  @Test
  void followsAColumnToItsNewName() {
    numbers().close();
    try (Table table = Table.open(path(), Mode.READ_WRITE)) {
      table.update("x", lit(-1), col("n").lt(10));
      table.renameColumn("x", "z");
      assertCommit(table, 10 * 8, 0);
      table.put("z", 0, 3);
      table.dropColumn("z");
      table.addColumn("z", lit(1).cast(F64));
      table.put("z", 0, 3);
      // Written as codes of one byte.
      assertCommit(table, 8L * ROWS, ROWS);
    }
  }

  @Test
  void countsTheRowsPutIntoAKeyedTable() {
    Path path = folder.resolve("keyed");
    try (KeyedTable table = KeyedTable.create(path, Schema.of("k", I64, "v", F64), "k")) {
      table.putColumns(
          LongStream.range(0, ROWS).toArray(), IntStream.range(0, ROWS).asDoubleStream().toArray());
      table.commit();
      assertThat(table.lastCommit().orElseThrow().written().logicalBytes()).isEqualTo(17L * ROWS);
      table.put(5L, 1.0).put(6L, 1.0).put(5L, 2.0);
      table.remove(7L);
      table.commit();
      WriteReport report = table.lastCommit().orElseThrow();
      assertThat(report.operation()).isEqualTo("append");
      // A key's newest row only, and the removal.
      assertThat(report.written().logicalBytes()).isEqualTo(3 * 17);
      assertThat(table.vacuum()).isEqualTo(4);
      assertThat(table.lastCommit().orElseThrow().written().logicalBytes())
          .isEqualTo(17L * (ROWS - 1));
    }
  }

  @Test
  void countsTheStoresOfMappedFiles() {
    try (MappedArray array = MappedArray.create(folder.resolve("array"), I32, 100, 1024)) {
      assertThat(array.lastFlush()).isEmpty();
      for (int row = 0; row < 100; row += 10) {
        array.set(1, row, row);
      }
      array.flush();
      WriteReport report = array.lastFlush().orElseThrow();
      assertThat(report.written()).isEqualTo(new Written(40, 40_960, 10));
      assertThat(WriteLedger.process().reports()).contains(report);
    }
    Path path = folder.resolve("records");
    try (MappedRecords records = MappedRecords.create(path, Schema.of("a", I32, "b", F64), 10)) {
      records.setRow(3, 1, 2.0);
      records.flush();
      assertThat(records.lastFlush().orElseThrow().written()).isEqualTo(new Written(12, 120, 1));
    }
  }

  @Test
  void countsWhatAQuerySpills() {
    Path spill = folder.resolve("spill");
    QueryOptions options =
        QueryOptions.defaults()
            .withThreads(1)
            .withMemoryLimitBytes(96 << 20)
            .withSpillDirectory(spill);
    long[] keys = LongStream.range(0, 1_000_000).map(i -> i * 0x9e3779b97f4a7c15L).toArray();
    long[] values = LongStream.range(0, keys.length).toArray();
    try (Table table = Table.of("k", keys, "v", values);
        Table result =
            table
                .with(options)
                .groupBy("k")
                .aggregate(sum("v").as("s"))
                .writeTo(folder.resolve("sums"))) {
      WriteReport query = WriteLedger.process().last(spill.toString()).orElseThrow();
      assertThat(query.kind()).isEqualTo(WriteReport.Kind.QUERY);
      assertThat(query.written().logicalBytes()).isZero();
      assertThat(query.written().writtenBytes()).isGreaterThan(1_000_000);
      assertThat(result.lastCommit().orElseThrow().written().logicalBytes()).isEqualTo(16_000_000);
    }
  }

  @Test
  void isInTheHistory() {
    try (Table table = Table.of("text", new String[] {"abc", null, "é"}).writeTo(path())) {
      List<Generation> history = table.history();
      assertThat(history.getFirst().written().orElseThrow().logicalBytes()).isEqualTo(5);
      assertThat(table.schema().field("text").type()).isEqualTo(UTF8);
    }
    try (Table memory = Table.of("x", new long[] {1})) {
      assertThatThrownBy(memory::lastCommit)
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("has no files");
    }
  }

  private Table numbers() {
    long[] n = LongStream.range(0, ROWS).toArray();
    double[] x = IntStream.range(0, ROWS).mapToDouble(Math::sqrt).toArray();
    WriteOptions plain = WriteOptions.DEFAULT.withEncoding(EncodingChoice.PLAIN);
    try (Table table = Table.of("n", n, "x", x)) {
      return table.writeTo(path(), Mode.READ_WRITE, plain);
    }
  }

  private Path path() {
    return folder.resolve("table");
  }

  /** Commits, and compares what was meant; what was written is more, by less than 8 KiB. */
  private static void assertCommit(Table table, long logicalBytes, long writtenBytes) {
    table.commit();
    Written written = table.lastCommit().orElseThrow().written();
    assertThat(written.logicalBytes()).isEqualTo(logicalBytes);
    assertThat(written.writtenBytes()).isBetween(writtenBytes, writtenBytes + 8192);
  }
}
