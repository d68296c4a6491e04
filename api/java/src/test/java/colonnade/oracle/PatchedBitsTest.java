package colonnade.oracle;

import static colonnade.Expr.asc;
import static colonnade.Expr.col;
import static colonnade.Expr.count;
import static colonnade.Expr.countDistinct;
import static colonnade.Expr.desc;
import static colonnade.Expr.max;
import static colonnade.Expr.mean;
import static colonnade.Expr.min;
import static colonnade.Expr.sum;
import static colonnade.Expr.zScore;
import static org.assertj.core.api.Assertions.assertThat;

import colonnade.Appender;
import colonnade.Checks;
import colonnade.DataType;
import colonnade.Frame;
import colonnade.Mode;
import colonnade.OpenOptions;
import colonnade.ReadMode;
import colonnade.Schema;
import colonnade.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table of several blocks with patches over some answers every query as the same table without
 * them, to the bit, in every mode of reading; also where the changed rows lie outside what their
 * block held before, and in columns that were in order before.
 */
class PatchedBitsTest {
  private static final int ROWS = 2 * 65_536 + 5_000;
  private static final long[] CHANGED = {3, 65_535, 110_000, 110_001, 131_072, ROWS - 1};

  private static final Schema SCHEMA =
      Schema.of(
          "id",
          DataType.I64,
          "n",
          DataType.I32,
          "cents",
          DataType.F64,
          "real",
          DataType.F64,
          "word",
          DataType.UTF8,
          "flag",
          DataType.BOOL,
          "day",
          DataType.DATE,
          "f",
          DataType.F32);

  @TempDir Path folder;

  private static final List<Function<Table, Frame>> QUERIES =
      List.of(
          t -> t,
          t -> t.filter(col("id").between(109_990, 110_010)),
          t -> t.filter(col("id").lt(0)),
          t -> t.filter(col("n").gt(200)),
          t -> t.filter(col("n").isNull()),
          t -> t.filter(col("cents").gt(600)).select("id", "cents"),
          t -> t.filter(col("real").gt(5)),
          t -> t.filter(col("word").eq("new")),
          t -> t.filter(col("word").isNull()),
          t -> t.filter(col("flag").and(col("day").lt(LocalDate.of(1990, 1, 1)))),
          t -> t.groupBy("word").aggregate(count().as("c"), sum("n").as("s")).sort(asc("word")),
          t -> t.groupBy("n").aggregate(mean("real").as("m"), max("cents").as("x")).sort(asc("n")),
          t -> t.groupBy("id").aggregate(count().as("c")).sort(desc("c"), asc("id")).limit(9),
          t ->
              t.aggregate(
                  min("id").as("a"),
                  max("id").as("b"),
                  sum("cents").as("c"),
                  sum("real").as("d"),
                  countDistinct("word").as("e"),
                  min("day").as("f"),
                  max("f").as("g"),
                  mean("n").as("h")),
          t -> t.sort(asc("id")).limit(5),
          t -> t.sort(desc("real")).limit(7),
          t -> t.sort(desc("word"), asc("id")).limit(1_000),
          t -> t.select("word", "flag").distinct().sort(asc("word"), asc("flag")),
          t -> t.filter(col("id").gt(130_000)).join(t.select("id", "real"), "id"),
          t -> t.select(col("id"), col("real").normalize(zScore()).as("z")).filter(col("z").gt(3)),
          t -> t.limit(109_999, 4));

  @Test
  void aPatchedTableAnswersAsTheSameTableWithoutPatches() throws IOException {
    Path patched = folder.resolve("patched");
    write(patched);
    change(patched);
    Path folded = folder.resolve("folded");
    copy(patched, folded);
    try (Table table = Table.open(folded, Mode.READ_WRITE)) {
      assertThat(table.stat().patchedRows()).hasSize(SCHEMA.size());
      assertThat(table.vacuum()).isGreaterThanOrEqualTo(CHANGED.length * SCHEMA.size());
      assertThat(table.stat().patchedRows()).isEmpty();
      assertThat(table.vacuum()).isZero();
    }
    List<List<Object[]>> wanted = new ArrayList<>();
    try (Table table = Table.open(folded)) {
      QUERIES.forEach(query -> wanted.add(Cells.of(query.apply(table))));
    }
    for (OpenOptions options :
        List.of(
            OpenOptions.DEFAULT,
            OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED),
            OpenOptions.DEFAULT.withReadMode(ReadMode.LOADED).withChecks(Checks.ON_TOUCH))) {
      try (Table table = Table.open(patched, Mode.READ_ONLY, options)) {
        for (int q = 0; q < QUERIES.size(); q++) {
          Frame frame = QUERIES.get(q).apply(table);
          Cells.requireSame(
              Cells.of(frame),
              wanted.get(q),
              Collections.nCopies(frame.schema().size(), Cells.EXACT),
              "query " + q + " of the table without patches, " + options);
        }
        assertThat(table.get("word", 110_000)).isEqualTo("new");
        assertThat(table.verify().findings()).isEmpty();
      }
    }
  }

  private static void write(Path path) {
    try (Appender rows = Table.create(path, SCHEMA)) {
      for (int i = 0; i < ROWS; i++) {
        rows.append(
            (long) i,
            100 + i / 30_000,
            i % 60_000 / 100.0,
            Math.sin(i),
            i % 97 == 5 ? null : "w" + i % 97,
            i % 3 == 0,
            LocalDate.of(2000, 1, 1).plusDays(i / 100),
            i / 7f);
      }
    }
  }

  private static void change(Path path) {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      for (long row : CHANGED) {
        table.put("id", row, -row);
        table.put("n", row, row == 3 ? null : 240);
        table.put("cents", row, 600.5 + row % 7 / 100.0);
        table.put("real", row, row % 2 == 0 ? Double.NaN : 7.25);
        table.put("word", row, row == 65_535 ? null : "new");
        table.put("flag", row, row % 3 != 0);
        table.put("day", row, LocalDate.of(1985, 5, 5));
        table.put("f", row, row == 3 ? null : -1.5);
      }
      table.commit();
      // A second commit, whose patch has the rows of the first too.
      table.update("word", "again", col("id").between(70_000, 70_002));
      table.commit();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }
}
