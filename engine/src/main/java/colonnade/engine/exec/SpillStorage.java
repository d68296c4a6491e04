package colonnade.engine.exec;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Where queries keep what does not fit their memory. Safe for all threads. */
public interface SpillStorage {
  /**
   * A new, empty file for reading and writing, which is gone when the channel is closed, or when
   * the process ends.
   */
  FileChannel create() throws IOException;

  /** What messages call it. */
  String place();

  /** Files in {@code directory}, which is made when the first is needed. */
  static SpillStorage in(Path directory) {
    return new SpillStorage() {
      @Override
      public FileChannel create() throws IOException {
        Files.createDirectories(directory);
        return FileChannel.open(
            directory.resolve("colonnade-spill-" + UUID.randomUUID()),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
      }

      @Override
      public String place() {
        return directory.toString();
      }
    };
  }
}
