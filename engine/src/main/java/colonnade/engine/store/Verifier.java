package colonnade.engine.store;

import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.error.ColonnadeException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a table in full and compares it with what was written: manifests, lengths, every checksum,
 * offsets, codes, UTF-8 and statistics of the newest generation; manifests and lengths of the
 * others. Everything goes through buffers, never through a mapping, so a file that shrinks or
 * cannot be read is a finding. Changes nothing. Used once, by one thread; memory: a few megabytes,
 * and the dictionary of one column.
 */
public final class Verifier {
  private final TableDirectory table;
  private final List<Finding> findings = new ArrayList<>();
  private final List<PlacedTail> tails = new ArrayList<>();
  private final Map<String, Long> committedBytes = new HashMap<>();
  private final Set<String> named = new HashSet<>();
  private boolean allReadable = true;

  /** Whether the generation at hand is not the newest: what is wrong with it is no loss. */
  private boolean isOlder;

  private long bytesRead;

  private record PlacedTail(String place, Tail tail) {}

  private Verifier(TableDirectory table) {
    this.table = table;
  }

  /**
   * Verifies the table in {@code directory}.
   *
   * @throws colonnade.error.NotATableException if there is no table
   */
  public static Verification verify(Path directory) {
    return verify(directory, Storage.local());
  }

  /** As {@link #verify(Path)}, on another storage. */
  public static Verification verify(Path directory, Storage storage) {
    return verify(TableDirectory.of(directory, storage));
  }

  static Verification verify(TableDirectory table) {
    return new Verifier(table).run();
  }

  /** What of one generation is not what was written. */
  static List<Finding> damage(TableDirectory table, Manifest manifest) {
    Verifier verifier = new Verifier(table);
    verifier.check(manifest, true);
    return verifier.findings.stream()
        .filter(finding -> finding.kind() == Finding.Kind.DAMAGE)
        .toList();
  }

  private Verification run() {
    List<Long> generations = table.generations();
    if (generations.isEmpty()) {
      throw table.notATable();
    }
    long verified = 0;
    for (long generation : generations) {
      boolean newest = generation == generations.getFirst();
      isOlder = !newest;
      try (GenerationPin pin = table.pin(generation)) {
        Manifest manifest = table.manifest(generation, pin);
        if (newest) {
          verified = generation;
        }
        check(manifest, newest);
      } catch (NoSuchFileException e) {
        // A writer has just removed it.
        continue;
      } catch (IOException e) {
        String place = table.place(FileName.manifest(generation)).toString();
        StorageFailure.throwUnlessDamage(place, e);
        allReadable = false;
        damage(place, "cannot be read: " + e.getMessage());
      } catch (ColonnadeException e) {
        allReadable = false;
        Finding.Kind kind = isOlder ? Finding.Kind.LEFTOVER : Finding.Kind.DAMAGE;
        findings.add(Finding.of(kind, e));
      }
    }
    tails();
    orphans();
    return new Verification(verified, bytesRead, findings);
  }

  private void check(Manifest manifest, boolean inFull) {
    for (ManifestColumn column : manifest.columns()) {
      boolean whole = true;
      for (ManifestFile file : column.files()) {
        named.add(file.name());
        named.add(file.checksumsName());
        whole &= checkLength(manifest, column, file, inFull);
      }
      if (inFull && whole) {
        checkContents(column);
      }
    }
  }

  private boolean checkLength(
      Manifest manifest, ManifestColumn column, ManifestFile file, boolean newest) {
    String place = place(column, file);
    try {
      long length = table.storage().length(table.file(file.name()));
      if (length < file.lengthBytes()) {
        damage(
            place,
            String.format(
                Locale.ROOT,
                "is %,d bytes; generation %d says %,d",
                length,
                manifest.generation(),
                file.lengthBytes()));
        return false;
      }
      committedBytes.merge(file.name(), file.lengthBytes(), Math::max);
      if (newest && length > file.lengthBytes()) {
        tails.add(new PlacedTail(place, new Tail(file.name(), file.lengthBytes(), length)));
      }
      return true;
    } catch (IOException e) {
      StorageFailure.throwUnlessDamage(place, e);
      damage(
          place,
          e instanceof NoSuchFileException
              ? "is missing, though generation " + manifest.generation() + " names it"
              : "cannot be read: " + e.getMessage());
      return false;
    }
  }

  private void checkContents(ManifestColumn column) {
    try (Arena arena = Arena.ofConfined()) {
      PieceCheck pieces = new PieceCheck(table, arena);
      for (ManifestFile file : column.files()) {
        String place = place(column, file);
        bytesRead += file.lengthBytes();
        pieces.check(column, file, problem -> damage(place, problem));
      }
      String place = "column '" + column.field().name() + "' of " + table.name();
      new ColumnCheck(table, column, arena, problem -> damage(place, problem)).check();
    }
  }

  private String place(ManifestColumn column, ManifestFile file) {
    return "column '" + column.field().name() + "' of " + table.name() + " (" + file.name() + ")";
  }

  /** Bytes behind the newest generation's that no older one counts either. */
  private void tails() {
    for (PlacedTail found : tails) {
      long committed = committedBytes.getOrDefault(found.tail.fileName(), 0L);
      long more = found.tail.actualBytes() - committed;
      if (more > 0) {
        leftover(
            found.place,
            String.format(
                Locale.ROOT,
                "has %,d bytes after its %,d committed ones, of an append that was not finished",
                more,
                committed));
      }
    }
  }

  private void orphans() {
    if (!allReadable) {
      return;
    }
    for (String name : table.list()) {
      boolean known =
          named.contains(name)
              || name.equals(FileName.LOCK)
              || FileName.manifestGeneration(name) >= 0;
      if (!known && (FileName.isTemporary(name) || FileName.isColumnFile(name))) {
        leftover(
            table.place(name), "belongs to no generation; a writer left it, or is just writing it");
      } else if (!known) {
        findings.add(
            new Finding(
                Finding.Kind.LEFTOVER,
                table.place(name),
                table.place(name) + " is no file of a table",
                "Colonnade leaves it alone."));
      }
    }
  }

  private void damage(String place, String problem) {
    if (isOlder) {
      findings.add(
          new Finding(
              Finding.Kind.LEFTOVER,
              place,
              place + " " + problem,
              "Only an older generation needs it; the newest is not affected."));
      return;
    }
    findings.add(
        new Finding(
            Finding.Kind.DAMAGE,
            place,
            place + " " + problem,
            "Restore it from a copy, or run `colonnade repair " + table.name() + "`."));
  }

  private void leftover(String place, String problem) {
    findings.add(
        new Finding(
            Finding.Kind.LEFTOVER,
            place,
            place + " " + problem,
            "Readers ignore it; the next writer removes it."));
  }
}
