package colonnade.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which files this process has mapped. Linux only; none elsewhere. */
public final class MappedFiles {
  private static final Path MAPS = Path.of("/proc/self/maps");

  private MappedFiles() {}

  /** The mapped files of a directory, and how many mappings each has. */
  public static Map<Path, Long> below(Path directory) throws IOException {
    Map<Path, Long> files = new TreeMap<>();
    if (!Files.isReadable(MAPS)) {
      return files;
    }
    String prefix = directory.toRealPath() + "/";
    try (Stream<String> maps = Files.lines(MAPS)) {
      maps.filter(line -> line.contains(prefix))
          .forEach(
              line -> files.merge(Path.of(line.substring(line.indexOf(prefix))), 1L, Long::sum));
    }
    return files;
  }
}
