package colonnade.engine.store.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a process takes of the machine, at rest: after a collection of garbage.
 *
 * @param heapBytes used heap
 * @param mappings mapped regions that belong to a table, of the process's own
 * @param descriptors open files of the process, all of them
 */
record Footprint(long heapBytes, long mappings, long descriptors) {
  /** Of this process; mappings and descriptors are 0 where the system does not say. */
  static Footprint of(Path table) throws IOException {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return new Footprint(heap, 0, 0);
    }
    String inside = table.toRealPath() + "/";
    try (Stream<Path> open = Files.list(descriptors);
        Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return new Footprint(heap, maps.filter(line -> line.contains(inside)).count(), open.count());
    }
  }

  /** What {@link #toString()} gave. */
  static Footprint parse(String text) {
    String[] parts = text.split(" ");
    return new Footprint(
        Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  /** Bytes of all files in a directory. */
  static long diskBytes(Path table) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.toList()) {
        try {
          bytes += Files.size(file);
        } catch (java.nio.file.NoSuchFileException e) {
          // It was collected just now.
        }
      }
    }
    return bytes;
  }

  String describe() {
    return String.format(
        Locale.ROOT,
        "%.1f MB heap, %d mappings, %d descriptors",
        heapBytes / 1e6,
        mappings,
        descriptors);
  }

  @Override
  public String toString() {
    return heapBytes + " " + mappings + " " + descriptors;
  }
}
