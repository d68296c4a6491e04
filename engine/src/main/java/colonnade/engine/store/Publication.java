package colonnade.engine.store;

import colonnade.engine.observe.WriteCount;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestWriter;
import colonnade.error.LockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The step that makes a generation the table's newest. The manifest is written and synced under a
 * name of its own and then linked to its real one, which fails if that exists: so of two writers
 * that got past the lock one loses, and no generation is ever overwritten.
 */
final class Publication {
  private Publication() {}

  /** Publishes {@code manifest}, whose files are synced already, and counts its own bytes. */
  static void publish(TableDirectory table, Manifest manifest, WriteCount.FileCount count)
      throws IOException {
    Storage storage = table.storage();
    String temporaryName =
        "tmp-"
            + ProcessHandle.current().pid()
            + "-"
            + manifest.generation()
            + "-"
            + Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path temporary = table.file(temporaryName);
    Path published = table.file(FileName.manifest(manifest.generation()));
    byte[] bytes = ManifestWriter.write(manifest);
    // The files' names must be durable before a manifest that names them can be.
    storage.syncDirectory(table.path());
    try (StoredFile file = new CountedFile(storage.create(temporary), count)) {
      file.write(ByteBuffer.wrap(bytes), 0);
      file.sync();
    }
    try {
      link(storage, temporary, published);
    } catch (FileAlreadyExistsException e) {
      removeIfPossible(storage, temporary);
      throw new LockedException(
          table.name(),
          "generation "
              + manifest.generation()
              + " of "
              + table.name()
              + " was published by another writer",
          "What this writer wrote since is discarded. Let one writer at a time have the table.",
          e);
    }
  }

  private static void link(Storage storage, Path temporary, Path published) throws IOException {
    try {
      storage.link(temporary, published);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (e instanceof FileSystemException known && !saysUnsupported(known)) {
        throw known;
      }
      // The rename is not a compare-and-swap, so here only the lock protects.
      storage.rename(temporary, published);
      return;
    }
    removeIfPossible(storage, temporary);
  }

  /** The generation is published or it is not, and a second name changes nothing. */
  private static void removeIfPossible(Storage storage, Path temporary) {
    try {
      storage.unlink(temporary);
    } catch (IOException e) {
      // The next writer removes it.
    }
  }

  /** What Linux, macOS and Windows say on a file system without hard links. */
  private static boolean saysUnsupported(FileSystemException e) {
    String reason = String.valueOf(e.getReason()).toLowerCase(Locale.ROOT);
    return Stream.of("not permitted", "not supported", "not implemented", "incorrect function")
        .anyMatch(reason::contains);
  }
}
