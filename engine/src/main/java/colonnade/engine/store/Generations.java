package colonnade.engine.store;

import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.error.ColonnadeException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The generations of a table and the files they need, as its writer sees them: what to remove after
 * a commit, and what a writer that died left behind. Two generations are always kept, the newest
 * and the one before it, and all that a reader holds. Used by the holder of the table's lock only.
 */
final class Generations {
  private static final int KEPT = 2;

  private final TableDirectory table;
  private final NavigableMap<Long, Set<String>> files = new TreeMap<>();
  private final @Nullable Manifest newest;
  private final long newestNumber;
  private final Set<Long> unreadable = new HashSet<>();
  private boolean allReadable = true;

  private Generations(TableDirectory table, boolean mayReplaceDamaged) {
    this.table = table;
    List<Long> numbers = table.generations();
    Manifest first = null;
    for (long number : numbers) {
      boolean isNewest = number == numbers.getFirst();
      try {
        Manifest manifest = read(number);
        if (manifest != null) {
          files.put(number, filesOf(manifest));
          first = isNewest ? manifest : first;
        }
      } catch (ColonnadeException e) {
        if (isNewest && !mayReplaceDamaged) {
          throw e;
        }
        if (e.getCause() instanceof IOException cause) {
          StorageFailure.throwUnlessDamage(table.place(FileName.manifest(number)), cause);
        }
        allReadable = false;
        unreadable.add(number);
        files.put(number, Set.of());
      }
    }
    this.newest = first;
    this.newestNumber = numbers.isEmpty() ? 0 : numbers.getFirst();
  }

  /**
   * Reads all manifests.
   *
   * @param mayReplaceDamaged whether a newest manifest that cannot be read is no error, because the
   *     whole table will be replaced
   */
  static Generations read(TableDirectory table, boolean mayReplaceDamaged) {
    return new Generations(table, mayReplaceDamaged);
  }

  private @Nullable Manifest read(long number) {
    try (GenerationPin pin = table.pin(number)) {
      return table.manifest(number, pin);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw StorageFailure.of(table.place(FileName.manifest(number)), "read", e);
    }
  }

  private static Set<String> filesOf(Manifest manifest) {
    Set<String> names = new HashSet<>();
    for (ManifestColumn column : manifest.columns()) {
      for (ManifestFile file : column.files()) {
        names.add(file.name());
      }
    }
    return names;
  }

  /** The newest generation when this was read; null if there was none, or none readable. */
  @Nullable Manifest newest() {
    return newest;
  }

  /** The number of the newest generation when this was read; 0 for none. */
  long newestNumber() {
    return newestNumber;
  }

  /**
   * Takes a generation in that was just published, and removes those that nobody needs any more.
   */
  void published(Manifest manifest) throws IOException {
    files.put(manifest.generation(), filesOf(manifest));
    List<Set<String>> removed = new ArrayList<>();
    for (long number : List.copyOf(files.headMap(files.lastKey(), false).keySet())) {
      boolean kept = files.tailMap(number, true).size() <= KEPT;
      if (!kept
          && GenerationPin.removeUnlessHeld(
              table.storage(), table.file(FileName.manifest(number)))) {
        removed.add(files.remove(number));
        unreadable.remove(number);
      }
    }
    if (!unreadable.isEmpty()) {
      // What those need is not known; a later writer removes what is left.
      return;
    }
    Set<String> needed = needed();
    List<String> unneeded =
        removed.stream().flatMap(Set::stream).distinct().filter(f -> !needed.contains(f)).toList();
    if (!unneeded.isEmpty()) {
      // Else a power cut could bring a manifest back whose files are gone.
      table.storage().syncDirectory(table.path());
    }
    for (String name : unneeded) {
      remove(name);
      remove(name + FileRole.CHECKSUMS);
    }
  }

  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    files.values().forEach(needed::addAll);
    return needed;
  }

  /**
   * Removes the files that no generation names and cuts the bytes that {@code current} does not
   * count: what a writer left that died or was aborted.
   *
   * @param current the newest generation, or null if there is none
   */
  void clean(@Nullable Manifest current) throws IOException {
    Set<String> needed = needed();
    if (current != null) {
      needed.addAll(filesOf(current));
    }
    long currentNumber = current == null ? newestNumber : current.generation();
    boolean synced = false;
    for (String name : table.list()) {
      boolean checksums = name.endsWith(FileRole.CHECKSUMS);
      String base =
          checksums ? name.substring(0, name.length() - FileRole.CHECKSUMS.length()) : name;
      if (FileName.isTemporary(name)) {
        remove(name);
      } else if (FileName.isColumnFile(name) && !needed.contains(base)) {
        long generation = FileName.parse(base).map(FileName::generation).orElse(0L);
        if (generation > currentNumber) {
          remove(name);
        } else if (allReadable) {
          if (!synced) {
            // Its manifest may have been removed just before its writer died, as in published().
            table.storage().syncDirectory(table.path());
            synced = true;
          }
          remove(name);
        }
      }
    }
    if (current != null) {
      for (ManifestColumn column : current.columns()) {
        for (ManifestFile file : column.files()) {
          cut(file.name(), file.lengthBytes());
          cut(file.checksumsName(), column.pieceCount(file) * Integer.BYTES);
        }
      }
    }
  }

  private void cut(String name, long lengthBytes) throws IOException {
    long actual;
    try {
      actual = table.storage().length(table.file(name));
    } catch (NoSuchFileException e) {
      // Checksums that no piece is complete for; a missing column file is found by whoever reads
      // it.
      return;
    }
    if (actual > lengthBytes && lengthBytes == 0 && name.endsWith(FileRole.CHECKSUMS)) {
      remove(name);
    } else if (actual > lengthBytes) {
      try (StoredFile file = table.storage().openForWriting(table.file(name))) {
        file.truncate(lengthBytes);
      }
    }
  }

  private void remove(String name) throws IOException {
    table.storage().unlink(table.file(name));
  }
}
