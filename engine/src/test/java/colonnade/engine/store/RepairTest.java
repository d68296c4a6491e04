package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Field;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.error.CorruptTableException;
import colonnade.error.NotATableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repair goes back to what is whole, and to nothing else. */
class RepairTest {
  @TempDir Path directory;

  @Test
  void leavesASoundTableAlone() throws IOException {
    Tables.longs(directory, 0, 10);
    Map<String, byte[]> before = Tables.contents(directory);
    assertThat(Repair.repair(directory, WriteOptions.DEFAULT))
        .isEqualTo(new Repair.Outcome(1, 1, 1, 10, List.of(), List.of()));
    assertThat(Tables.contents(directory)).containsExactlyEntriesOf(before);
  }

  @Test
  void goesBackToTheGenerationBeforeADamagedManifest() throws IOException {
    Tables.longs(directory, 0, 70_000);
    Tables.append(directory, DataType.I64, Tables.range(70_000, 80_000), WriteOptions.DEFAULT);
    Files.write(directory.resolve(FileName.manifest(2)), new byte[100]);
    assertThatThrownBy(() -> TableStore.open(directory)).isInstanceOf(CorruptTableException.class);
    Repair.Outcome outcome = Repair.repair(directory, WriteOptions.DEFAULT);
    assertThat(outcome.damaged()).isEqualTo(2);
    assertThat(outcome.restored()).isEqualTo(1);
    assertThat(outcome.published()).isEqualTo(3);
    assertThat(outcome.rowCount()).isEqualTo(70_000);
    assertThat(outcome.damage()).singleElement().asString().contains(FileName.manifest(2));
    assertThat(outcome.lost())
        .containsExactly("generation 2: all of it, which its manifest no longer tells");
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 70_000));
    Tables.append(directory, DataType.I64, Tables.range(70_000, 70_001), WriteOptions.DEFAULT);
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 70_001));
    Tables.append(directory, DataType.I64, Tables.range(70_001, 70_002), WriteOptions.DEFAULT);
    Tables.assertClean(directory);
  }

  @Test
  void goesBackBeforeAnAppendWhoseRowsAreDamaged() throws IOException {
    Tables.longs(directory, 0, 70_000);
    Tables.append(directory, DataType.I64, Tables.range(70_000, 80_000), WriteOptions.DEFAULT);
    BadInputTest.flip(Tables.file(directory, ".i64"), 79_000 * 8);
    Repair.Outcome outcome = Repair.repair(directory, WriteOptions.DEFAULT);
    assertThat(outcome.restored()).isEqualTo(1);
    assertThat(outcome.damage()).isNotEmpty().allMatch(f -> f.place().contains("column 'x'"));
    assertThat(outcome.lost())
        .singleElement()
        .asString()
        .matches("generation 2 of 20\\S+: 10,000 rows that were added");
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 70_000));
    // A reader may still have the damaged generation open.
    assertThat(Tables.file(directory, ".i64")).hasSize(80_000 * 8);
    Tables.append(directory, DataType.I64, Tables.range(70_000, 70_001), WriteOptions.DEFAULT);
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 70_001));
    Tables.assertClean(directory);
  }

  @Test
  void saysWhichColumnsAreLostAndWhichComeBack() throws IOException {
    List<Field> kept = List.of(new Field("a", DataType.I64), new Field("b", DataType.F64));
    Manifest before = manifest(1, 10, Map.of(0, kept.get(0), 1, kept.get(1)));
    Manifest after =
        manifest(2, 7, Map.of(1, new Field("c", DataType.F64), 2, new Field("d", DataType.UTF8)));
    assertThat(Loss.of(2, after, before))
        .isEqualTo(
            "generation 2 of 1970-01-01T00:00:00Z: 3 rows fewer, the name of column 'c', which is"
                + " 'b' again, the new column 'd', column 'a' comes back");
    assertThat(Loss.of(2, before, before)).endsWith(": changed values or notes");
  }

  private static Manifest manifest(long generation, long rows, Map<Integer, Field> fields) {
    List<ManifestColumn> columns = new ArrayList<>();
    new TreeMap<>(fields)
        .forEach((id, field) ->
            columns.add(
                new ManifestColumn(
                    id,
                    field,
                    Encoding.PLAIN,
                    0,
                    0,
                    null,
                    0,
                    ColumnStatistics.EMPTY,
                    ColumnStatistics.EMPTY,
                    List.of(),
                    Map.of())));
    return new Manifest(generation, 0, rows, Instant.EPOCH, 9, columns);
  }

  @Test
  void refusesWhenNoGenerationIsWholeAndChangesNothing() throws IOException {
    Tables.longs(directory, 0, 70_000);
    Tables.append(directory, DataType.I64, Tables.range(70_000, 80_000), WriteOptions.DEFAULT);
    BadInputTest.flip(Tables.file(directory, ".i64"), 8);
    Map<String, byte[]> before = Tables.contents(directory);
    assertThatThrownBy(() -> Repair.repair(directory, WriteOptions.DEFAULT))
        .isInstanceOf(CorruptTableException.class)
        .hasMessageContaining("none of the generations [2, 1]");
    assertThat(Tables.contents(directory)).containsExactlyEntriesOf(before);
  }

  @Test
  void saysWhatIsNoTable() {
    assertThatThrownBy(() -> Repair.repair(directory, WriteOptions.DEFAULT))
        .isInstanceOf(NotATableException.class);
    assertThat(directory).isEmptyDirectory();
  }
}
