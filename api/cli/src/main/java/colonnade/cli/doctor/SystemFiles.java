package colonnade.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files by which Linux tells its settings. Other systems have none of them. */
@FunctionalInterface
public interface SystemFiles {
  /** What is read of a file at most. */
  int MOST_BYTES = 1 << 20;

  /** The files of this machine. */
  SystemFiles LOCAL =
      path -> {
        // Their length is told as 0, and some give all in the first read or nothing more: so not
        // Files.readString, which begins with one byte then.
        try (InputStream in = Files.newInputStream(Path.of(path))) {
          byte[] bytes = new byte[MOST_BYTES];
          int length = in.readNBytes(bytes, 0, MOST_BYTES);
          return new String(bytes, 0, length, StandardCharsets.UTF_8);
        } catch (IOException e) {
          return null;
        }
      };

  /** The text of a file, or null if it is not there or may not be read. */
  @Nullable String read(String path);

  /** The number that a file holds, or -1. */
  default long number(String path) {
    String text = read(path);
    try {
      return text == null ? -1 : Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
