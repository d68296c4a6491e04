package colonnade.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files by which Linux tells its settings. Other systems have none of them. */
@FunctionalInterface
public interface SystemFiles {
  /** The files of this machine. */
  SystemFiles LOCAL =
      path -> {
        try {
          return Files.readString(Path.of(path), StandardCharsets.UTF_8);
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
