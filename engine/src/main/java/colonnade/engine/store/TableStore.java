package colonnade.engine.store;

import colonnade.OpenOptions;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.error.CorruptColumnException;
import colonnade.error.GenerationGoneException;
import colonnade.error.NotATableException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Opens committed generations of tables for reading. Never changes a file. Safe for all threads.
 */
public final class TableStore {
  private static final int MAX_ATTEMPTS = 100;

  static {
    PhysicalMemory.askAhead();
  }

  private TableStore() {}

  /**
   * The newest generation of the table in {@code directory}; cost: reading the manifest and one
   * length per file. Maps nothing.
   *
   * @throws NotATableException if there is no table
   * @throws colonnade.error.CorruptTableException if the newest manifest is damaged
   * @throws colonnade.error.UnsupportedFormatException if a later version wrote it
   * @throws CorruptColumnException if a column's file is missing, too short or no regular file
   */
  public static Snapshot open(Path directory) {
    return open(directory, Storage.local());
  }

  /** As {@link #open(Path)}, read as {@code options} say. */
  public static Snapshot open(Path directory, OpenOptions options) {
    return open(directory, Storage.local(), options);
  }

  /** As {@link #open(Path)}, on another storage. */
  public static Snapshot open(Path directory, Storage storage) {
    return open(directory, storage, OpenOptions.DEFAULT);
  }

  /** As {@link #open(Path, OpenOptions)}, on another storage. */
  public static Snapshot open(Path directory, Storage storage, OpenOptions options) {
    return open(TableDirectory.of(directory, storage), options);
  }

  static Snapshot open(TableDirectory table) {
    return open(table, OpenOptions.DEFAULT);
  }

  static Snapshot open(TableDirectory table, OpenOptions options) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      List<Long> generations = table.generations();
      if (generations.isEmpty()) {
        throw table.notATable();
      }
      try {
        return open(table, generations.getFirst(), options);
      } catch (NoSuchFileException e) {
        // A writer published the next generation and removed this one meanwhile: list again.
      }
    }
    throw new StorageException(
        table.name(),
        table.name()
            + " could not be opened: its newest manifest disappeared "
            + MAX_ATTEMPTS
            + " times",
        "Something removes its files. Try again.");
  }

  /**
   * One generation that still exists.
   *
   * @throws NotATableException if there is no table
   * @throws GenerationGoneException if it has no such generation, or no longer
   */
  public static Snapshot open(Path directory, long generation) {
    return open(directory, generation, OpenOptions.DEFAULT);
  }

  /** As {@link #open(Path, long)}, read as {@code options} say. */
  public static Snapshot open(Path directory, long generation, OpenOptions options) {
    return openGeneration(TableDirectory.of(directory, Storage.local()), generation, options);
  }

  static Snapshot openGeneration(TableDirectory table, long generation, OpenOptions options) {
    try {
      if (generation > 0) {
        return open(table, generation, options);
      }
    } catch (NoSuchFileException e) {
      throw gone(table, generation, e);
    }
    throw gone(table, generation, null);
  }

  private static GenerationGoneException gone(
      TableDirectory table, long generation, @Nullable Exception cause) {
    List<Long> there = table.generations();
    if (there.isEmpty()) {
      throw table.notATable();
    }
    String keep = "To keep more of those to come, set the table's retention.";
    return new GenerationGoneException(
        table.name() + ", generation " + generation,
        table.name() + " has no generation " + generation,
        generation > 0 && generation < there.getFirst()
            ? "It was collected; there are " + there + ". " + keep
            : "There are " + there + ".",
        cause);
  }

  /** The generations that can be opened, newest first; empty if {@code directory} is no table. */
  public static List<Long> generations(Path directory) {
    try {
      Storage.local().realDirectory(directory);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw StorageFailure.of(directory, "look at", e);
    }
    return TableDirectory.of(directory, Storage.local()).generations();
  }

  /** Whether there is a table: a directory with a manifest, be it damaged or not. */
  public static boolean exists(Path directory) {
    return !generations(directory).isEmpty();
  }

  private static Snapshot open(TableDirectory table, long generation, OpenOptions options)
      throws NoSuchFileException {
    GenerationPin pin;
    try {
      pin = table.pin(generation);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw StorageFailure.of(table.place(FileName.manifest(generation)), "open", e);
    }
    try {
      Manifest manifest = table.manifest(generation, pin);
      return new Snapshot(table, manifest, tails(table, manifest), pin, options);
    } catch (RuntimeException | NoSuchFileException e) {
      pin.close();
      throw e;
    }
  }

  /** Compares the length of every file with the manifest; what is longer is returned. */
  private static List<Tail> tails(TableDirectory table, Manifest manifest)
      throws NoSuchFileException {
    List<Tail> tails = new ArrayList<>();
    for (ManifestColumn column : manifest.columns()) {
      for (ManifestFile file : column.files()) {
        long length = length(table, manifest, column, file);
        if (length > file.lengthBytes()) {
          tails.add(new Tail(file.name(), file.lengthBytes(), length));
        }
      }
    }
    return tails;
  }

  private static long length(
      TableDirectory table, Manifest manifest, ManifestColumn column, ManifestFile file)
      throws NoSuchFileException {
    String place = "column '" + column.field().name() + "' of " + table.name();
    String remedy = "Restore it, or run `colonnade repair " + table.name() + "`.";
    long length;
    try {
      length = table.storage().length(table.file(file.name()));
    } catch (NoSuchFileException e) {
      if (table.generations().getFirst() > manifest.generation()) {
        throw e;
      }
      throw new CorruptColumnException(
          place,
          place + " has lost its file " + file.name(),
          "It was deleted or moved. " + remedy,
          e);
    } catch (NotRegularFileException e) {
      throw new CorruptColumnException(
          place,
          place + ": " + file.name() + " is no regular file but a link, directory, pipe or device",
          "It is not followed, because it may lead out of the table. " + remedy,
          e);
    } catch (IOException e) {
      throw StorageFailure.of(table.place(file.name()), "look at", e);
    }
    if (length < file.lengthBytes()) {
      throw new CorruptColumnException(
          place,
          String.format(
              Locale.ROOT,
              "%s is %,d bytes (%s); the manifest says %s",
              place,
              length,
              file.name(),
              expectation(column, file)),
          "The file was cut short after it was written. " + remedy);
    }
    return length;
  }

  private static String expectation(ManifestColumn column, ManifestFile file) {
    int width =
        switch (file.role()) {
          case VALUES -> column.field().type().widthBytes();
          case CODES -> column.codeWidthBytes();
          default -> 0;
        };
    return width == 0
        ? String.format(
            Locale.ROOT, "%,d bytes for %,d rows", file.lengthBytes(), column.rowCount())
        : String.format(Locale.ROOT, "%,d rows of %d bytes", column.rowCount(), width);
  }
}
