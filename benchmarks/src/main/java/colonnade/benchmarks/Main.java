package colonnade.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The benchmarks' command line; {@code benchmarks/README.md} has the commands and the newest
 * figures.
 */
public final class Main {
  private Main() {}

  /** Runs one benchmark. */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      System.err.println(
          "usage: suite | first-query | bounded-memory  [--option value …]; see"
              + " benchmarks/README.md");
      System.exit(2);
    }
    Options options = Options.parse(Arrays.copyOfRange(args, 1, args.length));
    Path directory = options.directory();
    Files.createDirectories(directory);
    switch (args[0]) {
      case "suite" -> Suite.run(options);
      case "first-query" -> FirstQuery.run(options);
      case "first-query-child" -> FirstQuery.child(options);
      case "bounded-memory" -> BoundedMemory.run(options);
      case "bounded-memory-child" -> BoundedMemory.child(options);
      default -> {
        System.err.println(
            "no benchmark '" + args[0] + "'; there are suite, first-query and bounded-memory");
        System.exit(2);
      }
    }
  }
}
