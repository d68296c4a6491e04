package colonnade.engine.store;

import colonnade.engine.store.format.FileName;
import colonnade.error.TableExistsException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/**
 * The directory that a table is created in: made if it is missing, refused if it is somebody
 * else's.
 */
final class NewTable {
  private NewTable() {}

  /** The lock of the table that is or will be in {@code directory}. */
  static TableLock lock(Path directory, Storage storage) {
    try {
      refuseFile(directory, storage);
      storage.createDirectories(directory);
    } catch (IOException e) {
      throw StorageFailure.of(directory, "create", e);
    }
    TableDirectory table = TableDirectory.of(directory, storage);
    refuseForeignFiles(table);
    return TableLock.acquire(table);
  }

  private static void refuseFile(Path directory, Storage storage) throws IOException {
    try {
      storage.realDirectory(directory);
    } catch (NotDirectoryException e) {
      throw new TableExistsException(
          directory.toString(),
          directory + " is a file, and a table is a directory",
          "Choose another path, or remove the file.");
    } catch (NoSuchFileException e) {
      // It will be made.
    }
  }

  private static void refuseForeignFiles(TableDirectory table) {
    List<String> names = table.list();
    if (!TableDirectory.generations(names).isEmpty()) {
      return;
    }
    for (String name : names) {
      boolean ours =
          name.equals(FileName.LOCK) || FileName.isTemporary(name) || FileName.isColumnFile(name);
      if (!ours) {
        throw new TableExistsException(
            table.name(),
            table.name() + " is a directory with other files, such as " + name,
            "Choose a path that is free, or an existing table; nothing was changed.");
      }
    }
  }
}
