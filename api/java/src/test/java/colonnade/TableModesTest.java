package colonnade;

import static colonnade.Expr.F64;
import static colonnade.Expr.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.InvalidQueryException;
import colonnade.error.LockedException;
import colonnade.error.NotATableException;
import colonnade.error.ReadOnlyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of modes in {@link Table}: what each creates, reads, writes and keeps. */
class TableModesTest {
  private static final Schema SCHEMA = Schema.of("v", F64);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "READ_ONLY,     false, true, false, false",
    "READ_WRITE,    false, true, true,  true",
    "CREATE,        true,  true, true,  true",
    "COPY_ON_WRITE, false, true, true,  false"
  })
  void createsReadsWritesAndKeepsWhatItsModeSays(
      Mode mode, boolean creates, boolean reads, boolean writes, boolean keeps) {
    Path missing = folder.resolve("missing");
    assertThat(opens(missing, mode)).isEqualTo(creates);
    assertThat(Files.exists(missing)).isEqualTo(creates);

    Path path = write("t", 1, 2);
    try (Table table = Table.open(path, mode, SCHEMA)) {
      assertThat(reads && table.rowCount() == (mode == Mode.CREATE ? 0 : 2)).isTrue();
      if (mode == Mode.CREATE) {
        try (Appender rows = table.appender()) {
          rows.append(1.0).append(2.0);
        }
      }
      assertThat(updates(table)).isEqualTo(writes);
      assertThat(table.row(0).f64("v")).isEqualTo(writes ? 10 : 1);
      assertThat(valueSeenByOthers(path)).isEqualTo(1);
      assertThat(commits(table)).isEqualTo(keeps);
    }
    assertThat(valueSeenByOthers(path)).isEqualTo(keeps ? 10 : 1);
  }

  @Test
  void saysWhyNothingIsKept() {
    Path path = write("t", 1);
    try (Table table = Table.open(path, Mode.READ_ONLY)) {
      assertThatThrownBy(() -> table.update("v", 2))
          .isInstanceOf(ReadOnlyException.class)
          .hasMessageContaining("READ_ONLY")
          .hasMessageContaining("Mode.READ_WRITE");
      assertThatThrownBy(() -> table.put("v", 0, 2)).isInstanceOf(ReadOnlyException.class);
      assertThatThrownBy(() -> table.addColumn("w", col("v")))
          .isInstanceOf(ReadOnlyException.class);
      assertThatThrownBy(table::commit).isInstanceOf(ReadOnlyException.class);
      assertThatThrownBy(table::appender).isInstanceOf(ReadOnlyException.class);
    }
    try (Table table = Table.open(path, Mode.COPY_ON_WRITE)) {
      table.update("v", 2);
      assertThatThrownBy(table::commit)
          .isInstanceOf(ReadOnlyException.class)
          .hasMessageContaining("nothing is kept");
      assertThat(table.row(0).f64("v")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"READ_ONLY", "COPY_ON_WRITE"})
  void readsBesideAWriter(Mode mode) {
    Path path = write("t", 1);
    try (Table writer = Table.open(path, Mode.READ_WRITE);
        Table reader = Table.open(path, mode)) {
      writer.update("v", 2);
      writer.commit();
      assertThat(reader.row(0).f64("v")).isEqualTo(1);
      reader.refresh();
      assertThat(reader.row(0).f64("v")).isEqualTo(2);
    }
  }

  @Test
  void letsOneWriterInAtATime() {
    Path path = write("t", 1);
    try (Table _ = Table.open(path, Mode.READ_WRITE)) {
      assertThatThrownBy(() -> Table.open(path, Mode.READ_WRITE))
          .isInstanceOf(LockedException.class);
      assertThatThrownBy(() -> Table.append(path)).isInstanceOf(LockedException.class);
    }
    Table.open(path, Mode.READ_WRITE).close();
  }

  @Test
  void needsASchemaToCreate() {
    assertThatThrownBy(() -> Table.open(folder.resolve("t"), Mode.CREATE))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("Table.create(path, schema)");
  }

  private Path write(String name, double... values) {
    Path path = folder.resolve(name);
    try (Table table = Table.of("v", values)) {
      table.writeTo(path).close();
    }
    return path;
  }

  private static boolean opens(Path path, Mode mode) {
    try {
      Table.open(path, mode, SCHEMA).close();
      return true;
    } catch (NotATableException e) {
      return false;
    }
  }

  private static boolean updates(Table table) {
    try {
      table.update("v", col("v").times(10));
      return true;
    } catch (ReadOnlyException e) {
      return false;
    }
  }

  private static boolean commits(Table table) {
    try {
      table.commit();
      return true;
    } catch (ReadOnlyException e) {
      return false;
    }
  }

  private static double valueSeenByOthers(Path path) {
    try (Table table = Table.open(path)) {
      return table.row(0).f64("v");
    }
  }
}
