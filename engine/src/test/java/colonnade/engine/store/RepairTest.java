package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.engine.store.format.FileName;
import colonnade.error.CorruptTableException;
import colonnade.error.NotATableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
        .isEqualTo(new Repair.Outcome(1, 1, 1, 10));
    assertThat(Tables.contents(directory)).containsExactlyEntriesOf(before);
  }

  @Test
  void goesBackToTheGenerationBeforeADamagedManifest() throws IOException {
    Tables.longs(directory, 0, 70_000);
    Tables.append(directory, DataType.I64, Tables.range(70_000, 80_000), WriteOptions.DEFAULT);
    Files.write(directory.resolve(FileName.manifest(2)), new byte[100]);
    assertThatThrownBy(() -> TableStore.open(directory)).isInstanceOf(CorruptTableException.class);
    assertThat(Repair.repair(directory, WriteOptions.DEFAULT))
        .isEqualTo(new Repair.Outcome(2, 1, 3, 70_000));
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
    assertThat(Repair.repair(directory, WriteOptions.DEFAULT).restored()).isEqualTo(1);
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 70_000));
    // A reader may still have the damaged generation open.
    assertThat(Tables.file(directory, ".i64")).hasSize(80_000 * 8);
    Tables.append(directory, DataType.I64, Tables.range(70_000, 70_001), WriteOptions.DEFAULT);
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 70_001));
    Tables.assertClean(directory);
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
