package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.format.FileName;
import colonnade.engine.store.rig.RamDirectory;
import colonnade.error.ColonnadeException;
import colonnade.hostile.Corpus;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A table with any bytes changed, manifest included, and with checksums that fit them: what {@code
 * verify} calls sound can be queried, and everything else ends in results or in typed errors. An
 * input is changes of four bytes each: file, position in it (16 bits, little-endian), the new byte.
 */
class TableFuzzTest {
  private static final int CHANGE_BYTES = 4;
  private static final int MAX_CHANGES = 32;

  @TempDir(factory = RamDirectory.class)
  static Path directory;

  private static Path table;
  private static Map<String, byte[]> sound;
  private static List<String> names;

  @BeforeEach
  void soundTable() throws IOException {
    if (table == null) {
      table = directory.resolve("mixed");
      MixedTable.create(table, 300);
      sound = Tables.contents(table);
      names = new ArrayList<>(sound.keySet());
      Collections.sort(names);
    }
  }

  @FuzzTest(maxDuration = "30s")
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void fuzz(byte[] changes) throws IOException {
    soundTable();
    endsInResultsOrTypedErrors(changes);
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void endsInResultsOrTypedErrors(byte[] changes) throws IOException {
    List<String> changed = new ArrayList<>();
    byte[] manifest = sound.get(FileName.manifest(1)).clone();
    for (int at = 0;
        at + CHANGE_BYTES <= Math.min(changes.length, MAX_CHANGES * CHANGE_BYTES);
        at += CHANGE_BYTES) {
      String name = names.get((changes[at] & 0xff) % names.size());
      boolean isManifest = FileName.manifestGeneration(name) > 0;
      byte[] bytes = isManifest ? manifest : Files.readAllBytes(table.resolve(name));
      int position = (changes[at + 1] & 0xff | (changes[at + 2] & 0xff) << 8) % bytes.length;
      bytes[position] = changes[at + 3];
      if (!isManifest) {
        Files.write(table.resolve(name), bytes);
      }
      changed.add(name);
    }
    try {
      Forgery.seal(table, manifest);
      boolean isSound =
          Verifier.verify(table).findings().stream()
              .noneMatch(finding -> finding.kind() == Finding.Kind.DAMAGE);
      query(isSound, changes.length == 0 ? 0 : changes[0] & 0xff);
    } finally {
      for (String name : changed) {
        Files.write(table.resolve(name), sound.get(name));
      }
      Files.write(table.resolve(FileName.manifest(1)), sound.get(FileName.manifest(1)));
    }
  }

  /** Files of a column are named after its id. */
  private static int columnOf(int file, Snapshot snapshot) {
    int id = names.get(file % names.size()).charAt(1) - '0';
    return Math.floorMod(id, snapshot.schema().size());
  }

  private static void query(boolean isSound, int file) {
    try (Snapshot snapshot = TableStore.open(table)) {
      if (snapshot.schema().size() == 0) {
        return;
      }
      Queries.run(snapshot, columnOf(file, snapshot));
    } catch (ColonnadeException e) {
      assertThat(isSound).as("verify found nothing, but a query failed: " + e).isFalse();
    }
  }
}
