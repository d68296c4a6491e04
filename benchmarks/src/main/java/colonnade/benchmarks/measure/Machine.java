package colonnade.benchmarks.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What figures were measured on. */
public final class Machine {
  private Machine() {}

  /** Processor, cores, memory, kernel and JVM in one line. */
  public static String line() {
    return field("/proc/cpuinfo", "model name", "unknown processor")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, "
        + memory()
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + ", Java "
        + Runtime.version();
  }

  /** The JVM's options that matter to speed. */
  public static String flags() {
    List<String> flags =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("-X") || flag.startsWith("--add-modules"))
            .toList();
    return flags.isEmpty() ? "none" : String.join(" ", flags);
  }

  private static String memory() {
    String kilobytes = field("/proc/meminfo", "MemTotal", "").replaceAll("\\D", "");
    return kilobytes.isEmpty() ? "unknown memory" : Long.parseLong(kilobytes) / (1 << 20) + " GiB";
  }

  /** The value of {@code name} in a file of {@code name : value} lines. */
  static String field(String file, String name, String otherwise) {
    try {
      for (String line : Files.readAllLines(Path.of(file))) {
        if (line.startsWith(name)) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      return otherwise;
    }
    return otherwise;
  }
}
