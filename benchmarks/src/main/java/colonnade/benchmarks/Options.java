package colonnade.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of a run: {@code --name value} pairs and flags, as {@code benchmarks/README.md} lists
 * them. An immutable value.
 */
public record Options(Map<String, String> values) {
  private static final Set<String> FLAGS = Set.of("quick");
  private static final Set<String> NAMES =
      Set.of(
          "dir",
          "out",
          "rows",
          "columns",
          "bytes",
          "repeats",
          "warmup-millis",
          "question-seconds",
          "threads",
          "only",
          "peers",
          "encoding",
          "memory-limit",
          "child");

  /** Reads a command line; an option that does not exist is an {@link IllegalArgumentException}. */
  public static Options parse(String... args) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i++) {
      String name = args[i].startsWith("--") ? args[i].substring(2) : "";
      if (FLAGS.contains(name)) {
        values.put(name, "true");
      } else if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "no option '" + args[i] + "'; there are " + new TreeSet<>(NAMES) + " and " + FLAGS);
      } else if (i + 1 == args.length) {
        throw new IllegalArgumentException("no value after " + args[i]);
      } else {
        values.put(name, args[++i]);
      }
    }
    return new Options(values);
  }

  /** The same with one more option. */
  public Options with(String name, Object value) {
    Map<String, String> copy = new LinkedHashMap<>(values);
    copy.put(name, value.toString());
    return new Options(copy);
  }

  /**
   * A whole number; digits may be grouped by underscores, and k, m, g stand for 10^3, 10^6, 10^9.
   */
  public long number(String name, long otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    String digits = text.replace("_", "").toLowerCase(java.util.Locale.ROOT);
    long scale =
        switch (digits.charAt(digits.length() - 1)) {
          case 'k' -> 1_000L;
          case 'm' -> 1_000_000L;
          case 'g' -> 1_000_000_000L;
          default -> 1L;
        };
    return Long.parseLong(scale == 1 ? digits : digits.substring(0, digits.length() - 1)) * scale;
  }

  /** A text. */
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** Whether the run only shows that results agree: small tables, a run or two of each question. */
  public boolean quick() {
    return values.containsKey("quick");
  }

  /** Rows of a table: as asked for, else few if the run is quick. */
  public long rows(long otherwise, long quickRows) {
    return number("rows", quick() ? quickRows : otherwise);
  }

  /** Threads of each contestant. */
  public int threads() {
    return (int) number("threads", 2);
  }

  /** Timed runs of each contestant. */
  public int repeats() {
    return (int) number("repeats", quick() ? 2 : 7);
  }

  /** Limit of a query's memory in bytes; 0 for each contestant's own default. */
  public long memoryLimit() {
    return number("memory-limit", 0);
  }

  /** Names of the peers to run against, if the command line names them. */
  public List<String> peers(String otherwise) {
    return Arrays.stream(text("peers", otherwise).split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Where data is generated and kept between runs. */
  public Path directory() {
    return Path.of(text("dir", System.getProperty("java.io.tmpdir") + "/colonnade-benchmarks"));
  }

  /** Where reports are written. */
  public Path reports() {
    return values.containsKey("out") ? Path.of(text("out", "")) : directory().resolve("reports");
  }
}
