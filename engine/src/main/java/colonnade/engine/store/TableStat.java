package colonnade.engine.store;

import colonnade.OpenOptions;
import colonnade.engine.observe.Written;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.error.CorruptTableException;
import colonnade.error.UnsupportedFormatException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a table takes on disk. An immutable value.
 *
 * @param generation the newest generation, which the other parts are about
 * @param generations the generations that can be opened, newest first
 * @param rowCount the rows of every column
 * @param reading how each column is read, and why; in the order of the columns
 * @param files the files of every column in order
 * @param checksumBytes bytes of the checksum files of these
 * @param tails bytes that an unfinished append left; the next writer cuts them
 * @param patchedRows by name, the columns of which some rows lie in a patch, and how many
 * @param others files of the table that this generation does not name: those of generations that
 *     are kept or held by a reader, of a writer at work, or left by one that died
 * @param operation what the commit of the generation did, in a few words; empty where it was not
 *     said
 * @param written what that commit was meant to write and wrote, its manifest too; empty where that
 *     was not recorded
 */
public record TableStat(
    long generation,
    List<Long> generations,
    long rowCount,
    List<ReadAdvice> reading,
    List<FileStat> files,
    long checksumBytes,
    List<Tail> tails,
    Map<String, Integer> patchedRows,
    List<String> others,
    String operation,
    Optional<Written> written) {
  /**
   * A file.
   *
   * @param column the name of its column
   * @param role what it holds
   * @param name its name in the table's directory
   * @param lengthBytes its committed length
   */
  public record FileStat(String column, FileRole role, String name, long lengthBytes) {}

  public TableStat {
    generations = List.copyOf(generations);
    reading = List.copyOf(reading);
    files = List.copyOf(files);
    tails = List.copyOf(tails);
    patchedRows = Collections.unmodifiableMap(new LinkedHashMap<>(patchedRows));
    others = List.copyOf(others);
  }

  /** Looks at the table in {@code directory}; errors as {@link TableStore#open(Path)}. */
  public static TableStat of(Path directory) {
    return of(directory, OpenOptions.DEFAULT);
  }

  /** As {@link #of(Path)}, for a table that is read as {@code options} say. */
  public static TableStat of(Path directory, OpenOptions options) {
    TableDirectory table = TableDirectory.of(directory, Storage.local());
    try (Snapshot snapshot = TableStore.open(table, options)) {
      List<FileStat> files = new ArrayList<>();
      Set<String> named = new HashSet<>();
      long checksumBytes = 0;
      Map<String, Integer> patchedRows = new LinkedHashMap<>();
      for (ManifestColumn column : snapshot.manifest().columns()) {
        if (column.patchedRows() > 0) {
          patchedRows.put(column.field().name(), column.patchedRows());
        }
        for (ManifestFile file : column.files()) {
          files.add(
              new FileStat(column.field().name(), file.role(), file.name(), file.lengthBytes()));
          named.add(file.name());
          named.add(file.checksumsName());
          checksumBytes += lengthIfThere(table, file.checksumsName());
        }
      }
      List<String> names = table.list();
      List<String> others =
          names.stream()
              .filter(name -> FileName.isColumnFile(name) || FileName.isTemporary(name))
              .filter(name -> !named.contains(name))
              .sorted()
              .toList();
      return new TableStat(
          snapshot.generation(),
          TableDirectory.generations(names),
          snapshot.rowCount(),
          IntStream.range(0, snapshot.schema().size()).mapToObj(snapshot::reading).toList(),
          files,
          checksumBytes,
          uncounted(table, snapshot),
          patchedRows,
          others,
          snapshot.manifest().operation(),
          written(table, snapshot.manifest()));
    }
  }

  private static Optional<Written> written(TableDirectory table, Manifest manifest) {
    try {
      return table.written(manifest);
    } catch (IOException e) {
      throw StorageFailure.of(table.place(FileName.manifest(manifest.generation())), "look at", e);
    }
  }

  /** Of the bytes behind this generation's, those that no other counts: after an undo, one may. */
  private static List<Tail> uncounted(TableDirectory table, Snapshot snapshot) {
    if (snapshot.tails().isEmpty()) {
      return List.of();
    }
    Map<String, FileUse> uses = new HashMap<>();
    for (long generation : table.generations()) {
      try (GenerationPin pin = table.pin(generation)) {
        FileUse.merge(uses, FileUse.of(table.manifest(generation, pin)));
      } catch (CorruptTableException | UnsupportedFormatException | IOException e) {
        // What it counts is not known; if it is just being removed, nothing.
      }
    }
    return snapshot.tails().stream()
        .map(tail -> {
          FileUse use = uses.get(tail.fileName());
          long counted = use == null ? tail.committedBytes() : use.lengthBytes();
          return new Tail(
              tail.fileName(), Math.max(tail.committedBytes(), counted), tail.actualBytes());
        })
        .filter(tail -> tail.actualBytes() > tail.committedBytes())
        .toList();
  }

  private static long lengthIfThere(TableDirectory table, String name) {
    try {
      return table.storage().length(table.file(name));
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw StorageFailure.of(table.place(name), "look at", e);
    }
  }

  /** Committed bytes of all column files. */
  public long dataBytes() {
    return files.stream().mapToLong(FileStat::lengthBytes).sum();
  }
}
