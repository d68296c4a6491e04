package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.format.ManifestText;
import colonnade.engine.store.rig.RamDirectory;
import colonnade.error.ColonnadeException;
import colonnade.hostile.Allowance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patches that someone made to hurt, with checksums that fit: typed errors, in no space. */
class HostilePatchTest {
  private static final int ROWS = 300;
  private static final List<String> PATCHED = List.of("plain", "real", "narrow", "scaled", "coded");

  @TempDir(factory = RamDirectory.class)
  Path directory;

  private Path table;
  private Map<String, byte[]> sound;

  @BeforeEach
  void patchedTable() throws IOException {
    table = directory.resolve("mixed");
    MixedTable.create(table, ROWS);
    MixedTable.patch(table);
    sound = Tables.contents(table);
  }

  private void restore() throws IOException {
    for (Map.Entry<String, byte[]> file : sound.entrySet()) {
      Files.write(table.resolve(file.getKey()), file.getValue());
    }
  }

  private void query(String column) {
    try (Snapshot snapshot = TableStore.open(table)) {
      Queries.run(snapshot, snapshot.schema().indexOf(column));
    }
  }

  @Test
  void isSoundBefore() {
    assertThat(Verifier.verify(table).findings()).isEmpty();
    PATCHED.forEach(this::query);
  }

  @Test
  void refusesRowsOutOfOrderOrBeyondTheTableAndCodesWithoutEntries() throws IOException {
    Map<String, Consumer<ByteBuffer>> changes = new LinkedHashMap<>();
    changes.put("a row beyond the table", b -> b.putLong(16, ROWS));
    changes.put("a row beyond every table", b -> b.putLong(16, Long.MAX_VALUE));
    changes.put("a null row beyond every table", b -> b.putLong(16, -1));
    changes.put("a row twice", b -> b.putLong(8, b.getLong(0)));
    changes.put("rows that fall", b -> b.putLong(0, 299));
    for (String column : PATCHED) {
      for (Map.Entry<String, Consumer<ByteBuffer>> change : changes.entrySet()) {
        refuses(column, change.getKey(), change.getValue());
      }
    }
    refuses("coded", "a code without an entry", b -> b.put(b.capacity() - 1, (byte) 0x7f));
  }

  private void refuses(String column, String what, Consumer<ByteBuffer> change) throws IOException {
    Path file = Tables.file(table, column + "-2.patch");
    byte[] bytes = Files.readAllBytes(file);
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    Files.write(file, bytes);
    Forgery.seal(table);
    String claim = what + " in " + column;
    assertThat(Allowance.within(() -> Verifier.verify(table)).isSound()).as(claim).isFalse();
    Allowance.refuses(() -> query(column));
    restore();
  }

  @Test
  void refusesManifestsWithPatchesOfNoPossibleLength() throws IOException {
    Map<String, UnaryOperator<String>> changes = new LinkedHashMap<>();
    String length = "(plain-2.patch\", \"length\": )[0-9]+";
    changes.put("no rows", m -> m.replaceFirst(length, "$10"));
    changes.put("half a row", m -> m.replaceFirst(length, "$124"));
    changes.put("more rows than the table", m -> m.replaceFirst(length, "$14816"));
    changes.put("a length of terabytes", m -> m.replaceFirst(length, "$11152921504606846976"));
    changes.put("the version before patches", m -> m.replace("\"version\": 2", "\"version\": 1"));
    changes.put(
        "more nulls than a file or the patch have",
        m -> m.replaceFirst("\"nulls\": 0", "\"nulls\": 4"));
    changes.put("a patch of plain text", m -> m.replaceFirst("c6-text-1.off", "c6-text-2.patch"));
    for (UnaryOperator<String> change : changes.values()) {
      ManifestText.rewrite(Forgery.manifest(table), change);
      Allowance.refuses(() -> TableStore.open(table).close());
      Allowance.within(() -> Verifier.verify(table));
      restore();
    }
  }

  @Test
  void whatVerifyCallsSoundCanBeQueriedWhateverThePatchesHold() throws IOException {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 20_261_130));
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      String column = PATCHED.get(random.nextInt(PATCHED.size()));
      Path file = Tables.file(table, column + "-2.patch");
      byte[] bytes = Files.readAllBytes(file);
      for (int k = 0; k <= random.nextInt(3); k++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(file, bytes);
      Forgery.seal(table);
      boolean isSound = Verifier.verify(table).isSound();
      try {
        query(column);
      } catch (ColonnadeException e) {
        assertThat(isSound).as("verify found nothing, but a query failed: " + e).isFalse();
        refused++;
      }
      Files.write(file, sound.get(file.getFileName().toString()));
    }
    assertThat(refused).isPositive();
    restore();
  }
}
