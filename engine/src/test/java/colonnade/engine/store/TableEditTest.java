package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.store.rig.FaultyStorage;
import colonnade.error.InvalidQueryException;
import colonnade.error.StorageException;
import colonnade.error.TypeMismatchException;
import colonnade.error.UnknownColumnException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of whole columns are generations that share all other files. */
class TableEditTest {
  private static final int ROWS = 70_000;

  @TempDir Path directory;

  @BeforeEach
  void twoColumns() {
    try (Arena arena = Arena.ofConfined();
        TableWriter writer =
            TableWriter.create(
                directory, Schema.of("a", DataType.I64, "b", DataType.I64), Tables.PLAIN)) {
      Vector a = Vectors.plain(DataType.I64, List.copyOf(Tables.range(0, ROWS)), arena);
      writer.write(new Vector[] {a, a}, ROWS);
    }
  }

  @Test
  void replacesAColumnAndKeepsTheFilesOfTheOthers() throws IOException {
    Path a = Tables.file(directory, "a-1.i64");
    try (Snapshot before = TableStore.open(directory);
        TableEdit edit = TableEdit.open(directory, Tables.PLAIN)) {
      ColumnRewrite rewrite = edit.replace(new Field("b", DataType.F64));
      write(rewrite, 30_000, 1.5);
      write(rewrite, ROWS - 30_000, null);
      assertThat(values("b")).isEqualTo(Tables.range(0, ROWS));
      edit.commit();
      assertThat(edit.generation()).isEqualTo(2);
      assertThat(values("b").subList(29_999, 30_001)).containsExactly(1.5, null);
      assertThat(values("a")).isEqualTo(Tables.range(0, ROWS));
      assertThat(Vectors.values(before.column(1), 4096)).isEqualTo(Tables.range(0, ROWS));
    }
    assertThat(Tables.file(directory, "a-1.i64")).isEqualTo(a);
    Tables.assertClean(directory);
  }

  @Test
  void keepsPlainNumbersPlainAndChoosesForOtherTypes() {
    try (TableEdit edit = TableEdit.open(directory, WriteOptions.DEFAULT)) {
      write(edit.replace(new Field("a", DataType.I64)), ROWS, 1L);
      write(edit.replace(new Field("b", DataType.I32)), ROWS, 1L);
      edit.commit();
    }
    try (Snapshot snapshot = TableStore.open(directory)) {
      assertThat(snapshot.encoding(0)).isEqualTo(Encoding.PLAIN);
      assertThat(snapshot.encoding(1)).isEqualTo(Encoding.CONSTANT);
    }
  }

  @Test
  void addsDropsAndRenamesInOneGeneration() {
    try (TableEdit edit = TableEdit.open(directory, WriteOptions.DEFAULT)) {
      write(edit.add(new Field("c", DataType.UTF8)), ROWS, "same");
      edit.drop("a");
      edit.rename("b", "A");
      edit.commit();
      assertThat(edit.schema().names()).containsExactly("A", "c");
      edit.commit();
      assertThat(edit.generation()).isEqualTo(2);
    }
    assertThat(values("A")).isEqualTo(Tables.range(0, ROWS));
    assertThat(values("c")).hasSize(ROWS).containsOnly("same");
    Tables.assertClean(directory);
  }

  @Test
  void discardsOnCloseWhatWasNotCommitted() throws IOException {
    Map<String, byte[]> before = Tables.contents(directory);
    try (TableEdit edit = TableEdit.open(directory, WriteOptions.DEFAULT)) {
      write(edit.replace(new Field("a", DataType.UTF8)), ROWS, "x");
      write(edit.replace(new Field("a", DataType.UTF8)), 10, "y");
      edit.drop("b");
    }
    assertThat(Tables.contents(directory)).containsExactlyEntriesOf(before);
  }

  @Test
  void replacesAColumnAgainBeforeTheCommit() {
    try (TableEdit edit = TableEdit.open(directory, WriteOptions.DEFAULT)) {
      ColumnRewrite first = edit.replace(new Field("a", DataType.I32));
      write(first, ROWS, 1L);
      write(edit.replace(new Field("a", DataType.I32)), ROWS, 2L);
      assertThatThrownBy(() -> write(first, 1, 1L)).isInstanceOf(InvalidQueryException.class);
      edit.commit();
    }
    assertThat(values("a")).hasSize(ROWS).containsOnly(2L);
    Tables.assertClean(directory);
  }

  @Test
  void refusesAColumnOfTheWrongLengthTypeOrName() {
    try (TableEdit edit = TableEdit.open(directory, WriteOptions.DEFAULT)) {
      ColumnRewrite rewrite = edit.replace(new Field("a", DataType.I32));
      write(rewrite, ROWS - 1, 1L);
      assertThatThrownBy(edit::commit)
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("column 'a' has 69,999 rows so far, but its table has 70,000");
      try (Arena arena = Arena.ofConfined()) {
        Vector text = Vectors.plain(DataType.UTF8, List.of("x"), arena);
        assertThatThrownBy(() -> rewrite.write(text, 1)).isInstanceOf(TypeMismatchException.class);
      }
      write(rewrite, 1, 1L);
      assertThatThrownBy(() -> edit.drop("B")).isInstanceOf(UnknownColumnException.class);
      assertThatThrownBy(() -> edit.add(new Field("b", DataType.I8)))
          .isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> edit.rename("a", "b")).isInstanceOf(InvalidQueryException.class);
      edit.commit();
    }
    assertThat(values("a")).hasSize(ROWS).containsOnly(1L);
  }

  @Test
  void isOfNoUseAfterAFailureAndLeavesTheTableAsItWas() throws IOException {
    Map<String, byte[]> before = Tables.contents(directory);
    FaultyStorage faulty = new FaultyStorage("sync", "Input/output error");
    try (TableEdit edit = TableEdit.open(directory, WriteOptions.DEFAULT.withStorage(faulty))) {
      write(edit.replace(new Field("a", DataType.I32)), ROWS, 1L);
      faulty.arm();
      assertThatThrownBy(edit::commit).isInstanceOf(StorageException.class);
      assertThatThrownBy(edit::commit)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("has failed before");
    }
    assertThat(Tables.contents(directory)).containsExactlyEntriesOf(before);
  }

  @Test
  void worksInTurnsWithAWriterUnderOneLock() {
    try (TableLock lock = TableLock.acquire(directory)) {
      try (TableEdit edit = TableEdit.open(lock, WriteOptions.DEFAULT)) {
        edit.drop("b");
        edit.commit();
      }
      try (TableWriter writer = TableWriter.append(lock, WriteOptions.DEFAULT)) {
        Tables.write(writer, DataType.I64, Tables.range(ROWS, ROWS + 1));
      }
      assertThatThrownBy(() -> TableWriter.append(directory, WriteOptions.DEFAULT))
          .isInstanceOf(colonnade.error.LockedException.class);
    }
    assertThat(values("a")).isEqualTo(Tables.range(0, ROWS + 1));
  }

  private static void write(ColumnRewrite rewrite, int count, @Nullable Object value) {
    try (Arena arena = Arena.ofConfined()) {
      List<@Nullable Object> rows = java.util.Collections.nCopies(count, value);
      rewrite.write(Vectors.plain(rewrite.field().type(), rows, arena), count);
    }
  }

  private List<@Nullable Object> values(String column) {
    try (Snapshot snapshot = TableStore.open(directory)) {
      return Vectors.values(snapshot.column(snapshot.schema().indexOf(column)), 4096);
    }
  }
}
