package colonnade.engine.store;

import colonnade.engine.observe.Written;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.Home;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestReader;
import colonnade.error.CorruptTableException;
import colonnade.error.NotATableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a table is.
 *
 * @param name the path as the user gave it, for messages
 * @param path the real path, the key of everything shared within the process
 * @param storage how its files are reached
 */
record TableDirectory(String name, Path path, Storage storage) {
  /**
   * An existing directory.
   *
   * @throws NotATableException if there is none
   */
  static TableDirectory of(Path directory, Storage storage) {
    try {
      return new TableDirectory(directory.toString(), storage.realDirectory(directory), storage);
    } catch (NotDirectoryException e) {
      throw new NotATableException(
          directory.toString(),
          directory + " is a file; a table is a directory",
          "Import the file, or map it as an array.",
          e);
    } catch (NoSuchFileException e) {
      throw new NotATableException(
          directory.toString(),
          "there is nothing at " + directory.toAbsolutePath(),
          "Check the path, or create the table first.",
          e);
    } catch (IOException e) {
      throw StorageFailure.of(directory, "open", e);
    }
  }

  /** The path of a file of this table. */
  Path file(String fileName) {
    return path.resolve(fileName);
  }

  /** How messages call a file of this table. */
  String place(String fileName) {
    return name + "/" + fileName;
  }

  /** The generations that have a manifest, newest first. */
  List<Long> generations() {
    return generations(list());
  }

  /** The generations among these names, newest first. */
  static List<Long> generations(List<String> names) {
    List<Long> result = new ArrayList<>();
    for (String fileName : names) {
      long generation = FileName.manifestGeneration(fileName);
      if (generation >= 0) {
        result.add(generation);
      }
    }
    result.sort(Comparator.reverseOrder());
    return result;
  }

  /** The names of all that is in the directory. */
  List<String> list() {
    try {
      return storage.list(path);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new NotATableException(name, name + " is no directory any more", "", e);
    } catch (IOException e) {
      throw StorageFailure.of(name, "list", e);
    }
  }

  /** Holds a generation. */
  GenerationPin pin(long generation) throws IOException {
    String fileName = FileName.manifest(generation);
    try {
      return GenerationPin.take(storage, file(fileName));
    } catch (NotRegularFileException e) {
      throw new CorruptTableException(
          place(fileName),
          place(fileName) + " is no regular file",
          "A table holds no links, pipes or devices. Restore it.",
          e);
    }
  }

  /** The manifest of a generation that is held. */
  Manifest manifest(long generation, GenerationPin pin) {
    String fileName = FileName.manifest(generation);
    try {
      return ManifestReader.read(place(fileName), generation, pin.read());
    } catch (IOException e) {
      throw StorageFailure.of(place(fileName), "read", e);
    }
  }

  /**
   * What the commit of a generation wrote, its manifest too; empty where it does not say.
   *
   * @throws NoSuchFileException if it was collected meanwhile
   */
  Optional<Written> written(Manifest manifest) throws IOException {
    Optional<Written> files = manifest.written();
    if (files.isEmpty()) {
      return files;
    }
    long lengthBytes = storage.length(file(FileName.manifest(manifest.generation())));
    return Optional.of(files.get().andFile(lengthBytes));
  }

  /**
   * Whether the files of a generation were written here, or taken in; a manifest or a system that
   * does not say counts as that.
   */
  boolean isHomeOf(Manifest manifest) {
    if (manifest.home().isEmpty()) {
      return true;
    }
    try {
      Optional<Home> here = storage.home(path);
      return here.isEmpty() || here.get().isSame(manifest.home().get());
    } catch (IOException e) {
      return false;
    }
  }

  /** The error for a directory without a manifest. */
  NotATableException notATable() {
    return new NotATableException(
        name,
        name + " is no table: it has no manifest",
        "Check the path. A table whose first write was never committed has none either.");
  }
}
