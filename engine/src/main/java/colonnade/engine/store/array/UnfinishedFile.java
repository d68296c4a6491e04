package colonnade.engine.store.array;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is written under another name beside its place, and moved there when it is whole and
 * synced: if the disk is too small, what was there before is untouched, and other processes that
 * map a replaced file keep their bytes. Closing removes what was not published. For one thread.
 */
final class UnfinishedFile implements AutoCloseable {
  private final Path place;
  private final Path path;
  private final FileChannel channel;

  private UnfinishedFile(Path place, Path path, FileChannel channel) {
    this.place = place;
    this.path = path;
    this.channel = channel;
  }

  /**
   * Begins a file that is to be at {@code place}, where nothing or a regular file may be.
   *
   * @throws colonnade.error.StorageException if something else is there
   * @throws colonnade.error.ReadOnlyException if a file is there that may not be written
   */
  static UnfinishedFile create(Path place) throws IOException {
    if (RegularFile.exists(place)) {
      RegularFile.open(place, true).close(); // refuses a file that may not be written, and says why
    }
    Path path =
        place.resolveSibling(
            ".colonnade-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new UnfinishedFile(place, path, channel);
  }

  /** Where it is until it is published. */
  Path path() {
    return path;
  }

  /** Its bytes. */
  FileChannel channel() {
    return channel;
  }

  /** Makes it durable, and puts it in its place. */
  void publish() throws IOException {
    channel.force(true);
    channel.close();
    try {
      Files.move(path, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(path, place, StandardCopyOption.REPLACE_EXISTING);
    }
    syncDirectory(place);
  }

  private static void syncDirectory(Path path) {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null || System.getProperty("os.name", "").startsWith("Windows")) {
      return; // Windows opens no directories, and keeps their entries by itself.
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw RegularFile.failure(directory, "synced", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // What could not be created could not be removed either; the error that led here is the one
      // to report.
    }
  }
}
