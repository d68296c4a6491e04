package colonnade.engine.store;

import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.error.ColonnadeException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The generations of a table and the files they need, as its writer sees them: what to remove after
 * a commit, and what a writer that died left behind. The newest two generations are always kept,
 * those that the table's {@link colonnade.Retention} says, and all that a reader holds. Used by the
 * holder of the table's lock only.
 */
final class Generations {
  private final TableDirectory table;
  private final NavigableMap<Long, Map<String, FileUse>> files = new TreeMap<>();
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
          files.put(number, FileUse.of(manifest));
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
        files.put(number, Map.of());
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
    files.put(manifest.generation(), FileUse.of(manifest));
    Set<Long> kept = Kept.of(manifest.retention(), files, unreadable);
    NavigableMap<Long, Map<String, FileUse>> removed = new TreeMap<>();
    try {
      for (Map.Entry<Long, Map<String, FileUse>> older :
          files.headMap(files.lastKey()).entrySet()) {
        if (!kept.contains(older.getKey()) && remove(older.getKey())) {
          removed.put(older.getKey(), older.getValue());
        }
      }
      files.keySet().removeAll(removed.keySet());
      unreadable.removeAll(removed.keySet());
      removeFiles(removed);
    } catch (IOException e) {
      // A power cut may bring their manifests back, so nothing may be written over their rows.
      files.putAll(removed);
      throw e;
    }
  }

  private boolean remove(long generation) throws IOException {
    return GenerationPin.removeUnlessHeld(
        table.storage(), table.file(FileName.manifest(generation)));
  }

  /**
   * Removes the files that only these generations name, whose manifests are gone, and cuts the
   * bytes that only these count: an undo names files of an older generation again.
   */
  private void removeFiles(NavigableMap<Long, Map<String, FileUse>> removed) throws IOException {
    Map<String, FileUse> uses = new HashMap<>();
    removed.values().forEach(names -> FileUse.merge(uses, names));
    Map<String, FileUse> needed = new HashMap<>();
    files.values().forEach(names -> FileUse.merge(needed, names));
    uses.entrySet()
        .removeIf(file -> needed.getOrDefault(file.getKey(), FileUse.NONE).covers(file.getValue()));
    if (uses.isEmpty()) {
      return;
    }
    // Else a power cut could bring a manifest back whose files, or bytes in them, are gone.
    table.storage().syncDirectory(table.path());
    if (!unreadable.isEmpty()) {
      // What those need is not known; a later writer removes what is left.
      return;
    }
    for (String name : uses.keySet()) {
      FileUse use = needed.get(name);
      if (use == null) {
        remove(name);
        remove(name + FileRole.CHECKSUMS);
      } else {
        cut(name, use, true);
      }
    }
  }

  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    files.values().forEach(names -> needed.addAll(names.keySet()));
    return needed;
  }

  /**
   * Whether a generation that is still there has rows or bytes in the files of {@code column} that
   * it has not, so that nothing may be written behind its own.
   */
  boolean hasMore(ManifestColumn column) {
    for (Map<String, FileUse> names : files.values()) {
      for (ManifestFile file : column.files()) {
        FileUse use = names.get(file.name());
        if (use != null
            && (use.rowCount() > column.rowCount() || use.lengthBytes() > file.lengthBytes())) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Removes the files that no generation names and cuts the bytes that none counts: what a writer
   * left that died or was aborted.
   *
   * @param current the newest generation, or null if there is none
   */
  void clean(@Nullable Manifest current) throws IOException {
    Set<String> needed = needed();
    if (current != null) {
      needed.addAll(FileUse.of(current).keySet());
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
      Map<String, FileUse> uses = new HashMap<>(FileUse.of(current));
      for (Map<String, FileUse> others : files.values()) {
        if (allReadable) {
          // An undo names files of an older generation again, with what lies behind its rows.
          others.forEach((name, use) -> uses.merge(name, use, FileUse::with));
        } else {
          others.forEach((name, use) -> uses.computeIfPresent(name, (n, own) -> own.with(use)));
        }
      }
      for (Map.Entry<String, FileUse> file : uses.entrySet()) {
        synced = cut(file.getKey(), file.getValue(), synced);
      }
    }
  }

  /** Cuts a file and its checksums, as below. */
  private boolean cut(String name, FileUse use, boolean synced) throws IOException {
    boolean syncedThen = cut(name, use.lengthBytes(), synced);
    return cut(name + FileRole.CHECKSUMS, use.pieceCount() * Integer.BYTES, syncedThen);
  }

  /** Cuts a file; returns whether the directory is synced now, as it must be before. */
  private boolean cut(String name, long lengthBytes, boolean synced) throws IOException {
    long actual;
    try {
      actual = table.storage().length(table.file(name));
    } catch (NoSuchFileException e) {
      // Checksums that no piece is complete for; a missing column file is found by whoever reads
      // it.
      return synced;
    }
    if (actual <= lengthBytes) {
      return synced;
    }
    if (!synced) {
      // The manifest of a generation that had these rows may have been removed just now.
      table.storage().syncDirectory(table.path());
    }
    if (lengthBytes == 0 && name.endsWith(FileRole.CHECKSUMS)) {
      remove(name);
    } else {
      try (StoredFile file = table.storage().openForWriting(table.file(name))) {
        file.truncate(lengthBytes);
      }
    }
    return true;
  }

  private void remove(String name) throws IOException {
    table.storage().unlink(table.file(name));
  }
}
