package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Retention;
import colonnade.engine.store.format.FileName;
import colonnade.error.GenerationGoneException;
import colonnade.error.LockedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generations are kept, looked at and gone back to, and going back loses nothing. */
class TimeTravelTest {
  @TempDir Path directory;

  @Test
  void keepsTenGenerationsOfAppendsAndTellsTheirStory() {
    Tables.longs(directory, 0, 10);
    for (long row = 10; row < 21; row++) {
      append(row);
    }
    assertThat(numbers()).containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L);
    List<Generation> history = Generation.of(directory);
    assertThat(history.getFirst())
        .usingRecursiveComparison()
        .ignoringFields("created")
        .isEqualTo(
            new Generation(
                12,
                11,
                history.getFirst().created(),
                21,
                "append",
                21 * 8,
                21 * 8,
                history.getFirst().written()));
    assertThat(history.getLast().rowCount()).isEqualTo(12);
    assertThat(history.getLast().ownBytes()).isZero();
    assertThat(history).isSortedAccordingTo((a, b) -> b.created().compareTo(a.created()));
    for (Generation generation : history) {
      try (Snapshot snapshot = TableStore.open(directory, generation.number())) {
        assertThat(Vectors.values(snapshot.column(0), 8))
            .isEqualTo(Tables.range(0, generation.rowCount()));
      }
    }
    assertThatThrownBy(() -> TableStore.open(directory, 2))
        .isInstanceOf(GenerationGoneException.class)
        .hasMessageContaining("has no generation 2")
        .hasMessageContaining("It was collected");
    assertThatThrownBy(() -> TableStore.open(directory, 13))
        .isInstanceOf(GenerationGoneException.class)
        .hasMessageNotContaining("collected");
    assertThatThrownBy(() -> TableStore.open(directory, -1))
        .isInstanceOf(GenerationGoneException.class);
  }

  @Test
  void keepsNoMoreOfRewrittenTablesThanTheNewestTakesItself() {
    for (int i = 0; i < 5; i++) {
      Tables.longs(directory, i, i + 1000);
    }
    assertThat(numbers()).containsExactly(5L, 4L);
    Tables.longs(directory, 0, 5000);
    assertThat(numbers()).containsExactly(6L, 5L, 4L);
    Tables.assertClean(directory);
  }

  @Test
  void keepsWhatTheTableSaysWhoeverWritesNext() {
    Tables.longs(directory, 0, 1000);
    try (TableLock lock = TableLock.acquire(directory)) {
      Republication.keep(lock, Retention.generations(4), WriteOptions.DEFAULT);
    }
    for (int i = 0; i < 5; i++) {
      Tables.longs(directory, i, 1000 + i);
    }
    assertThat(numbers()).containsExactly(7L, 6L, 5L, 4L);
    try (TableLock lock = TableLock.acquire(directory)) {
      Republication.keep(lock, Retention.generations(9).withinBytes(7999), WriteOptions.DEFAULT);
    }
    assertThat(numbers()).containsExactly(8L, 7L);
    try (Snapshot snapshot = TableStore.open(directory)) {
      assertThat(snapshot.manifest().retention())
          .isEqualTo(Retention.generations(9).withinBytes(7999));
      assertThat(snapshot.manifest().operation())
          .isEqualTo("keep 9 generations within 7,999 bytes");
    }
  }

  /** Files that only an older generation names may be named again by an undo. */
  @Test
  void cutsWhatNoGenerationHasAnyMoreFromFilesOfOlderOnesToo() throws IOException {
    Tables.longs(directory, 0, 10);
    try (TableLock lock = TableLock.acquire(directory)) {
      Republication.keep(lock, Retention.generations(2), WriteOptions.DEFAULT);
    }
    append(10L);
    undo();
    append(11L); // beside the row undone, so in files of its own
    assertThat(numbers()).containsExactly(5L, 4L);
    try (Snapshot undone = TableStore.open(directory, 4)) {
      assertThat(undone.tails()).isEmpty(); // generation 3, which had that row, was collected
    }
    assertThat(undo()).isEqualTo(4);
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 10));
    assertThat(TableStat.of(directory).tails()).isEmpty();
    assertThat(Verifier.verify(directory).findings()).isEmpty();
  }

  @Test
  void undoesOneCommitAfterTheOtherAndLosesNone() throws IOException {
    Tables.longs(directory, 0, 10);
    append(10L);
    append(11L);
    assertThat(undo()).isEqualTo(2);
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 11));
    assertThat(TableStat.of(directory).tails()).isEmpty();
    Tables.assertClean(directory);
    assertThat(undo()).isEqualTo(1);
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 10));
    assertThat(numbers()).containsExactly(5L, 4L, 3L, 2L, 1L);
    Map<String, byte[]> before = Tables.contents(directory);
    assertThatThrownBy(this::undo)
        .isInstanceOf(GenerationGoneException.class)
        .hasMessageContaining("there is nothing before generation 5");
    assertThat(Tables.contents(directory)).containsExactlyEntriesOf(before);
    try (TableLock lock = TableLock.acquire(directory)) {
      Republication.restore(lock, 3, WriteOptions.DEFAULT);
    }
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 12));
    assertThat(undo()).isEqualTo(5);
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 10));
    assertThat(Generation.of(directory).stream().map(Generation::operation))
        .containsExactly(
            "undo of generation 6: generation 5",
            "restore generation 3",
            "undo of generation 4: generation 1",
            "undo of generation 3: generation 2",
            "append",
            "append",
            "create");
    Tables.assertClean(directory);
  }

  @Test
  void undoesTheReplacementOfATable() {
    Tables.create(directory, DataType.UTF8, List.of("old"), WriteOptions.DEFAULT);
    Tables.longs(directory, 0, 1000);
    undo();
    assertThat(Tables.rows(directory)).containsExactly("old");
    Tables.create(directory, DataType.I32, List.of(1L), WriteOptions.DEFAULT);
    Tables.assertClean(directory);
  }

  @Test
  void refusesToUndoWhatWasCollected() throws IOException {
    Tables.longs(directory, 0, 10);
    append(10L);
    Files.delete(directory.resolve(FileName.manifest(1)));
    assertThatThrownBy(this::undo)
        .isInstanceOf(GenerationGoneException.class)
        .hasMessageContaining("has no generation 1");
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 11));
  }

  @Test
  void refusesToUndoBesideAnotherWriter() {
    Tables.longs(directory, 0, 10);
    append(10L);
    try (TableWriter writer = TableWriter.append(directory, WriteOptions.DEFAULT)) {
      assertThatThrownBy(this::undo).isInstanceOf(LockedException.class);
      writer.abort();
    }
  }

  /** The rows undone lie where the next ones would go, down to the bits of one byte. */
  @Test
  void writesOnAfterAnUndoWithoutTouchingWhatWasUndone() throws IOException {
    MixedTable.create(directory, 66_003);
    appendOwnRows(2);
    List<List<@Nullable Object>> undone = rows(2);
    try (Snapshot held = TableStore.open(directory)) {
      undo();
      appendOwnRows(7);
      appendOwnRows(66_000);
      assertThat(rowsOf(held)).isEqualTo(undone);
    }
    assertThat(rows(2)).isEqualTo(undone);
    List<List<@Nullable Object>> first = rows(1);
    for (int c = 0; c < first.size(); c++) {
      List<@Nullable Object> expected = new ArrayList<>(first.get(c));
      expected.addAll(first.get(c).subList(0, 7));
      expected.addAll(first.get(c).subList(0, 66_000));
      assertThat(rows(5).get(c)).isEqualTo(expected);
    }
    assertThat(Repair.repair(directory, WriteOptions.DEFAULT).damaged()).isEqualTo(5);
    Tables.assertClean(directory);
  }

  @Test
  void discardsTheCopyThatAnUnfinishedAppendMadeAfterAnUndo() throws IOException {
    MixedTable.create(directory, 1003);
    appendOwnRows(2);
    undo();
    Map<String, byte[]> before = Tables.contents(directory);
    try (TableWriter writer = TableWriter.append(directory, WriteOptions.DEFAULT)) {
      writeOwnRows(writer, 7);
      writer.abort();
    }
    assertThat(Tables.contents(directory)).containsExactlyEntriesOf(before);
    Tables.assertClean(directory);
  }

  @Test
  void saysWhatBecameOfEachColumn() {
    MixedTable.create(directory, 70_000);
    try (TableEdit edit = TableEdit.open(directory, WriteOptions.DEFAULT)) {
      edit.rename("narrow", "slim");
      edit.drop("blob");
      write(edit.replace(new Field("plain", DataType.F32)), 70_000, 1.5f);
      write(edit.replace(new Field("coded", DataType.UTF8)), 70_000, "ribbon");
      write(edit.add(new Field("more", DataType.I8)), 70_000, 1L);
      edit.commit();
    }
    appendOwnRows(5);
    long same;
    try (Snapshot snapshot = TableStore.open(directory, 1)) {
      same = Vectors.values(snapshot.column(5), 4096).stream().filter("ribbon"::equals).count();
    }
    TableDifference difference = difference(1, 3);
    assertThat(difference.columns().stream().map(ColumnDifference::toString))
        .containsExactly(
            "plain: retyped from i64 to f32",
            "slim: renamed from narrow",
            String.format("coded: %,d rows changed", 70_000 - same),
            "more i8: added",
            "blob binary: dropped");
    assertThat(difference.appendedRows()).isEqualTo(5);
    assertThat(difference.removedRows()).isZero();
    assertThat(difference(3, 1).removedRows()).isEqualTo(5);
    assertThat(difference(3, 1).columns()).hasSize(5);
    assertThat(difference(2, 3).columns()).isEmpty();
    assertThat(difference(3, 3).isEmpty()).isTrue();
    assertThat(Generation.of(directory).get(1).operation())
        .isEqualTo(
            "rename narrow to slim; drop blob; retype plain to f32; replace coded; add more");
  }

  @Test
  void countsChangedRowsAlsoWhereFilesWereWrittenAnewForOtherReasons() {
    Tables.create(
        directory,
        DataType.I64,
        List.of(1L, 2L, 3L),
        WriteOptions.DEFAULT.withRetention(Retention.generations(3)));
    // Too large for the codes so far.
    Tables.append(directory, DataType.I64, List.of(1L << 50), WriteOptions.DEFAULT);
    assertThat(difference(1, 2).columns()).isEmpty();
    try (TableEdit edit = TableEdit.open(directory, WriteOptions.DEFAULT)) {
      try (Arena arena = Arena.ofConfined()) {
        List<@Nullable Object> values = new ArrayList<>(List.of(1L, 7L, 3L));
        values.add(null);
        edit.replace(new Field("x", DataType.I64))
            .write(Vectors.plain(DataType.I64, values, arena), 4);
      }
      edit.commit();
    }
    assertThat(difference(2, 3).columns().getFirst().changedRows()).hasValue(2);
    assertThat(difference(1, 3).columns().getFirst().changedRows()).hasValue(1);
  }

  private List<Long> numbers() {
    return TableStore.generations(directory);
  }

  private void append(long row) {
    Tables.append(directory, DataType.I64, List.of(row), WriteOptions.DEFAULT);
  }

  private long undo() {
    try (TableLock lock = TableLock.acquire(directory)) {
      return Republication.undo(lock, WriteOptions.DEFAULT);
    }
  }

  private TableDifference difference(long before, long after) {
    try (Snapshot first = TableStore.open(directory, before);
        Snapshot second = TableStore.open(directory, after)) {
      return TableDifference.of(first, second);
    }
  }

  private void appendOwnRows(int count) {
    try (TableWriter writer = TableWriter.append(directory, WriteOptions.DEFAULT)) {
      writeOwnRows(writer, count);
    }
  }

  private void writeOwnRows(TableWriter writer, int count) {
    try (Snapshot snapshot = TableStore.open(directory)) {
      for (int first = 0; first < count; first += 8192) {
        int n = Math.min(8192, count - first);
        Vector[] vectors = new Vector[snapshot.schema().size()];
        for (int c = 0; c < vectors.length; c++) {
          vectors[c] = snapshot.column(c).vector(first, n);
        }
        writer.write(vectors, n);
      }
    }
  }

  private List<List<@Nullable Object>> rows(long generation) {
    try (Snapshot snapshot = TableStore.open(directory, generation)) {
      return rowsOf(snapshot);
    }
  }

  private static List<List<@Nullable Object>> rowsOf(Snapshot snapshot) {
    List<List<@Nullable Object>> columns = new ArrayList<>();
    for (int c = 0; c < snapshot.schema().size(); c++) {
      columns.add(Vectors.values(snapshot.column(c), 4096));
    }
    return columns;
  }

  private static void write(ColumnRewrite rewrite, int count, Object value) {
    try (Arena arena = Arena.ofConfined()) {
      List<@Nullable Object> values = new ArrayList<>(java.util.Collections.nCopies(count, value));
      rewrite.write(Vectors.plain(rewrite.field().type(), values, arena), count);
    }
  }
}
