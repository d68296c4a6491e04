package colonnade;

import static colonnade.Expr.asc;
import static colonnade.Expr.col;
import static colonnade.Expr.count;
import static colonnade.Expr.countDistinct;
import static colonnade.Expr.desc;
import static colonnade.Expr.first;
import static colonnade.Expr.max;
import static colonnade.Expr.mean;
import static colonnade.Expr.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import colonnade.error.CorruptColumnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries over a table that is mapped, copied block by block, or loaded. */
class ReadModesTest {
  private static final int ROWS = 70_000;

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void create() {
    SplittableRandom random = new SplittableRandom(7);
    double[] amount = new double[ROWS];
    Long[] id = new Long[ROWS];
    String[] name = new String[ROWS];
    String[] note = new String[ROWS];
    Boolean[] flag = new Boolean[ROWS];
    for (int i = 0; i < ROWS; i++) {
      amount[i] = random.nextDouble();
      id[i] = random.nextInt(10) == 0 ? null : random.nextLong();
      name[i] = "n" + random.nextInt(30);
      note[i] = random.nextInt(4) == 0 ? null : "note " + random.nextInt();
      flag[i] = random.nextBoolean();
    }
    path = folder.resolve("t");
    Table.of("amount", amount, "id", id, "name", name, "note", note, "flag", flag)
        .writeTo(path)
        .close();
  }

  @Test
  void givesTheSameResultsInEveryMode() {
    List<Function<Table, Frame>> queries =
        List.of(
            t -> t.filter(col("amount").gt(0.5).and(col("name").eq("n7"))),
            t -> t.groupBy("name").aggregate(count(), sum("amount"), mean("id")).sort(asc("name")),
            t -> t.sort(desc("note"), asc("amount")),
            // Groups of texts that keep what they need from one copied block to the next.
            t ->
                t.groupBy("note")
                    .aggregate(count(), first("name"), max("note").as("last"), countDistinct("id"))
                    .sort(asc("note")),
            t -> t.sort(asc("amount")).limit(17),
            t -> t.map("long", col("note").length()).filter(col("flag")),
            t -> t.join(t.groupBy("name").aggregate(sum("amount").as("all")), "name"),
            t -> t.limit(66_000, 50),
            t -> t.map("z", col("amount").normalize(Expr.zScore())));
    for (Function<Table, Frame> query : queries) {
      String expected = null;
      for (OpenOptions options :
          List.of(
              OpenOptions.DEFAULT,
              OpenOptions.DEFAULT.withChecks(Checks.ON_TOUCH),
              OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED),
              OpenOptions.DEFAULT.withReadMode(ReadMode.LOADED).withChecks(Checks.ON_TOUCH))) {
        try (Table table = Table.open(path, Mode.READ_ONLY, options);
            Table result = query.apply(table).collect()) {
          String text = digest(result);
          expected = expected == null ? text : expected;
          assertThat(text).as(options.toString()).isEqualTo(expected);
          assertThat(table.get("note", ROWS - 1)).isEqualTo(table.row(ROWS - 1).get("note"));
        }
      }
    }
  }

  private static String digest(Table table) {
    StringBuilder text = new StringBuilder().append(table.rowCount()).append(' ');
    long hash = 0;
    for (long row = 0; row < table.rowCount(); row += Math.max(1, table.rowCount() / 500)) {
      for (String name : table.schema().names()) {
        hash = 31 * hash + java.util.Objects.hashCode(table.get(name, row));
      }
    }
    return text.append(hash).append(table.text(5)).toString();
  }

  @Test
  void commitsNothingAfterAFault() throws IOException {
    OpenOptions guarded = OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED);
    Path target = folder.resolve("target");
    Path updated = folder.resolve("updated");
    try (Table table = Table.open(path, Mode.READ_ONLY, guarded)) {
      table.writeTo(updated).close();
      assertThat(table.aggregate(sum("amount").as("s")).collect().row(0).f64("s")).isPositive();
      cut(path);
      assertThatThrownBy(() -> table.map("twice", col("amount").times(2)).writeTo(target))
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("column 'amount'");
      assertThat(colonnade.engine.store.TableStore.exists(target)).isFalse();
      // Columns that are whole, and other tables, can be read as before.
      assertThat(table.aggregate(count("name").as("n")).collect().row(0).i64("n")).isEqualTo(ROWS);
    }
    try (Table table = Table.open(updated, Mode.READ_WRITE, guarded)) {
      cut(updated);
      table.update("amount", col("amount").plus(1));
      assertThatThrownBy(table::commit).isInstanceOf(CorruptColumnException.class);
    }
    try (Stream<Path> files = Files.list(updated)) {
      assertThat(files.filter(f -> f.getFileName().toString().startsWith("manifest-"))).hasSize(1);
    }
  }

  /** Rows that a change leaves alone are written with new checksums, which would hide a damage. */
  @Test
  void writesNoDamagedRowsAnew() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      Path amounts =
          files.filter(f -> f.getFileName().toString().matches(".*amount.*f64")).findFirst().get();
      try (FileChannel file = FileChannel.open(amounts, StandardOpenOption.WRITE)) {
        file.write(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}), 800);
      }
    }
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.update("amount", col("amount").plus(1), col("flag"));
      assertThatThrownBy(table::commit)
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("column 'amount'");
    }
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.update("amount", Expr.lit(0.0)); // reads no damaged row, and is the way out
      table.commit();
    }
    try (Table table = Table.open(path)) {
      assertThat(table.verify().findings()).isEmpty();
    }
  }

  @Test
  void readsSingleRowsOfACutFileAsErrors() throws IOException {
    for (ReadMode mode : List.of(ReadMode.MAPPED, ReadMode.GUARDED)) {
      Path other = folder.resolve(mode.name());
      OpenOptions options = OpenOptions.DEFAULT.withReadMode(mode);
      try (Table table = Table.open(path, Mode.READ_ONLY)) {
        table.writeTo(other).close();
      }
      try (Table table = Table.open(other, Mode.READ_ONLY, options)) {
        assertThat(table.row(ROWS - 1).f64("amount")).isBetween(0.0, 1.0);
        cut(other);
        assertThatThrownBy(() -> table.row(ROWS - 1).f64("amount"))
            .isInstanceOf(CorruptColumnException.class)
            .hasMessageContaining("block 1 of column 'amount'")
            .hasMessageContaining("the file ends at byte 540000");
        assertThat(table.row(3).f64("amount")).isBetween(0.0, 1.0);
        assertThat(table.get("name", ROWS - 1)).asString().startsWith("n");
      }
    }
  }

  /** The entries of a dictionary are read where they are mapped, by whoever takes a text. */
  @Test
  void readsTheBatchesOfACutFileAsErrors() throws IOException {
    List<BiConsumer<Batch, Integer>> readers =
        List.of((batch, i) -> batch.texts("name"), (batch, i) -> batch.row(i).text("name"));
    for (BiConsumer<Batch, Integer> reader : readers) {
      Path other = folder.resolve("other-" + readers.indexOf(reader));
      try (Table table = Table.open(path, Mode.READ_ONLY)) {
        table.writeTo(other).close();
      }
      AtomicReference<Throwable> met = new AtomicReference<>();
      try (Table table = Table.open(other, Mode.READ_ONLY)) {
        table
            .select("name")
            .forEachBatch(batch -> {
              if (met.get() == null) {
                reader.accept(batch, 0);
                cut(other, ".*-name-\\d+\\.dict.*", 0);
                met.set(catchThrowable(() -> reader.accept(batch, 1)));
              }
            });
      } catch (CorruptColumnException e) {
        // Of a later batch.
      }
      assertThat(met.get())
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("column 'name', row");
    }
  }

  @Test
  void explainsHowATableIsRead() {
    OpenOptions guarded = OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED);
    try (Table table = Table.open(path, Mode.READ_ONLY, guarded.withChecks(Checks.ON_TOUCH))) {
      assertThat(table.select("name").explain())
          .contains("guarded and checked on touch, asked for");
    }
  }

  private static void cut(Path table) throws IOException {
    cut(table, ".*-amount-\\d+\\.f64", 540_000);
  }

  private static void cut(Path table, String name, long bytes) {
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.filter(f -> f.toString().matches(name)).toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
