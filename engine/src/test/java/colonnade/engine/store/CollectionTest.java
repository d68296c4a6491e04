package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.rig.FaultyStorage;
import colonnade.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a writer removes, and what it must leave, when something is wrong besides. */
class CollectionTest {
  @TempDir Path directory;

  @Test
  void keepsTheFilesThatAKeptGenerationSharesWhileItsManifestIsDamaged() throws IOException {
    Tables.longs(directory, 0, 10);
    for (long row = 10; row < 12; row++) {
      Tables.append(directory, DataType.I64, List.of(row), WriteOptions.DEFAULT);
    }
    Path manifest = directory.resolve(FileName.manifest(3));
    byte[] sound = Files.readAllBytes(manifest);
    Files.write(manifest, new byte[10]);
    Tables.longs(directory, 50, 60);
    Files.write(manifest, sound);
    assertThat(TableStore.generations(directory)).containsExactly(4L, 3L);
    try (Snapshot third = TableStore.open(directory, 3)) {
      assertThat(Vectors.values(third.column(0), 8)).isEqualTo(Tables.range(0, 12));
    }
    for (long row = 60; row < 62; row++) {
      Tables.append(directory, DataType.I64, List.of(row), WriteOptions.DEFAULT);
    }
    assertThat(directory.resolve("c0-x-1.i64")).doesNotExist();
    Tables.assertClean(directory);
  }

  @Test
  void doesNotTakeAManifestForDamagedThatItCannotOpenForNow() throws IOException {
    Tables.longs(directory, 0, 10);
    FaultyStorage faulty = new FaultyStorage("length", "Too many open files");
    faulty.arm();
    WriteOptions options = Tables.PLAIN.withStorage(faulty);
    Schema schema = Schema.of("x", DataType.I64);
    assertThatThrownBy(() -> TableWriter.create(directory, schema, options))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("Too many open files");
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 10));
  }

  @Test
  void doesNotCallACommitFailedBecauseOldFilesCannotBeRemovedAfterIt() {
    for (int i = 0; i < 2; i++) {
      Tables.longs(directory, i, i + 10);
    }
    FaultyStorage faulty = new FaultyStorage("unlink", "Input/output error");
    faulty.armForEver();
    Tables.create(directory, DataType.I64, Tables.range(7, 9), Tables.PLAIN.withStorage(faulty));
    assertThat(faulty.failed()).isPositive();
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(7, 9));
    Tables.append(directory, DataType.I64, List.of(9L), WriteOptions.DEFAULT);
    Tables.assertClean(directory);
  }
}
