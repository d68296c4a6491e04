package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.MixedTable;
import colonnade.engine.store.Queries;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.Verification;
import colonnade.engine.store.Verifier;
import colonnade.engine.store.format.FileName;
import colonnade.error.ColonnadeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every damage to a committed table is found by {@code verify}. Whoever opens and queries the table
 * without that gets results or typed errors; the process lives, and no access leaves its mapping.
 * Files are damaged while nobody maps them.
 */
@Reliability
class DamageTest {
  private static final long SEED = Long.getLong("seed", 20_261_128);
  private static final int SECTOR_BYTES = 512;

  /** Enough for a checksum table beside every column of eight bytes. */
  private static final int ROWS = 9_000;

  @TempDir(factory = RamDirectory.class)
  Path directory;

  private enum Kind {
    FLIP,
    BYTE,
    TRUNCATION,
    EXTENSION,
    ZEROED_SECTOR,
    SWAPPED_SECTORS
  }

  @Test
  void findsEveryDamageAndSurvivesItUnfound() throws IOException {
    Path table = directory.resolve("table");
    MixedTable.create(table, ROWS);
    MixedTable.patch(table);
    List<Path> files;
    try (Stream<Path> all = Files.list(table)) {
      // What is wrong with the manifest before the patches is no damage of the newest.
      files =
          all.filter(file -> !file.endsWith("LOCK") && !file.endsWith(FileName.manifest(1)))
              .sorted()
              .toList();
    }
    assertThat(files).filteredOn(file -> file.toString().endsWith(".patch")).hasSize(6);
    SplittableRandom random = new SplittableRandom(SEED);
    int wanted = Reliability.Form.of(600, 15_000);
    int queriedEach = Reliability.Form.of(5, 1);
    int effective = 0;
    int refused = 0;
    int answered = 0;
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      Path file = files.get(random.nextInt(files.size()));
      byte[] sound = Files.readAllBytes(file);
      // Two thirds flips, as the disks of the world have it.
      Kind kind = Kind.values()[Math.max(0, random.nextInt(18) - 12)];
      byte[] damaged = damage(kind, sound, random);
      String what = "damage " + i + " (" + kind + " of " + file.getFileName() + ")";
      if (!isEffective(file, sound, damaged)) {
        continue;
      }
      effective++;
      Files.write(file, damaged);
      try {
        Verification found = Verifier.verify(table);
        // Bytes after the committed ones are no loss, and are named nonetheless.
        if (kind == Kind.EXTENSION ? found.findings().isEmpty() : found.isSound()) {
          problems.add(what + " was not found");
        }
        if (i % queriedEach != 0) {
          continue;
        }
        try (Snapshot snapshot = TableStore.open(table)) {
          Queries.run(snapshot, random.nextInt(snapshot.schema().size()));
          answered++;
        } catch (ColonnadeException e) {
          refused++;
        }
      } catch (RuntimeException | Error e) {
        problems.add(what + " ended in " + e + " at " + Arrays.toString(e.getStackTrace()));
      } finally {
        Files.write(file, sound);
      }
    }
    Reliability.Form.report(
        String.format(
            "%,d effective damages: queries refused %,d and answered %,d; %d bad, seed %d",
            effective, refused, answered, problems.size(), SEED));
    assertThat(problems).isEmpty();
    assertThat(effective).isGreaterThan(wanted * 9 / 10);
    assertThat(refused).isPositive();
    assertThat(answered).isPositive();
  }

  private static byte[] damage(Kind kind, byte[] sound, SplittableRandom random) {
    byte[] damaged = sound.clone();
    int at = random.nextInt(sound.length);
    int sectors = sound.length / SECTOR_BYTES;
    switch (kind) {
      case FLIP -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      case BYTE -> damaged[at] = (byte) random.nextInt();
      case TRUNCATION -> damaged = Arrays.copyOf(sound, at);
      case EXTENSION -> {
        damaged = Arrays.copyOf(sound, sound.length + 1 + random.nextInt(SECTOR_BYTES));
        damaged[damaged.length - 1] = (byte) random.nextInt();
      }
      case ZEROED_SECTOR -> {
        int from = at / SECTOR_BYTES * SECTOR_BYTES;
        Arrays.fill(damaged, from, Math.min(sound.length, from + SECTOR_BYTES), (byte) 0);
      }
      case SWAPPED_SECTORS -> {
        if (sectors > 1) {
          int a = random.nextInt(sectors) * SECTOR_BYTES;
          int b = random.nextInt(sectors) * SECTOR_BYTES;
          System.arraycopy(sound, a, damaged, b, SECTOR_BYTES);
          System.arraycopy(sound, b, damaged, a, SECTOR_BYTES);
        }
      }
    }
    return damaged;
  }

  /** Nobody reads what follows the checksums that belong to a column. */
  private static boolean isEffective(Path file, byte[] sound, byte[] damaged) {
    return !Arrays.equals(sound, damaged)
        && !(file.toString().endsWith(".crc") && damaged.length > sound.length);
  }
}
