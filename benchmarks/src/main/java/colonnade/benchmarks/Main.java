package colonnade.benchmarks;

import colonnade.benchmarks.measure.Machine;
import colonnade.benchmarks.report.Report;
import colonnade.benchmarks.suites.BoundedMemory;
import colonnade.benchmarks.suites.ClickBench;
import colonnade.benchmarks.suites.Cold;
import colonnade.benchmarks.suites.Guard;
import colonnade.benchmarks.suites.H2oGroupBy;
import colonnade.benchmarks.suites.Import;
import colonnade.benchmarks.suites.Open;
import colonnade.benchmarks.suites.Scan;
import colonnade.benchmarks.suites.Startup;
import colonnade.benchmarks.suites.Suite;
import colonnade.benchmarks.suites.Write;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The benchmarks' command line: {@code SUITE [--option value …]}, or {@code all}. {@code
 * benchmarks/README.md} lists suites and options and has the newest figures.
 */
public final class Main {
  private static final Map<String, Suite> SUITES = new LinkedHashMap<>();

  static {
    SUITES.put("scan", new Scan());
    SUITES.put("h2o-groupby", new H2oGroupBy());
    SUITES.put("clickbench", new ClickBench());
    SUITES.put("import", new Import());
    SUITES.put("write", new Write());
    SUITES.put("cold", new Cold());
    SUITES.put("startup", new Startup());
    SUITES.put("open", new Open());
    SUITES.put("guard", new Guard());
    SUITES.put("bounded-memory", new BoundedMemory());
  }

  private Main() {}

  /** The names of all suites. */
  static Set<String> suites() {
    return SUITES.keySet();
  }

  /** Ends with 1 if an answer was wrong, with 2 if the command line was. */
  public static void main(String[] args) throws Exception {
    System.exit(run(args));
  }

  /** Runs a command line and gives the exit code; a slow run is no failure. */
  public static int run(String... args) throws Exception {
    if (args.length == 0 || !args[0].equals("all") && !SUITES.containsKey(args[0])) {
      System.err.println(
          "usage: benchmark SUITE [--option value …]; suites are "
              + String.join(", ", SUITES.keySet())
              + ", or all; see benchmarks/README.md");
      return 2;
    }
    Options options;
    try {
      options = Options.parse(Arrays.copyOfRange(args, 1, args.length));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    Files.createDirectories(options.directory());
    if (!options.text("child", "").isEmpty()) {
      SUITES.get(args[0]).child(options);
      return 0;
    }
    int exit = 0;
    for (String name : args[0].equals("all") ? SUITES.keySet() : List.of(args[0])) {
      exit |= run(name, options) ? 0 : 1;
    }
    return exit;
  }

  private static boolean run(String name, Options options) throws Exception {
    Suite suite = SUITES.get(name);
    String warning =
        options.quick() ? " Quick size: shows that answers agree; its times mean nothing." : "";
    Report report = new Report(name, suite.description() + warning);
    report.setting("machine", Machine.line());
    report.setting("JVM flags", Machine.flags());
    report.setting("threads", options.threads() + " each");
    options
        .values()
        .forEach((option, value) -> {
          if (!option.equals("dir") && !option.equals("out") && !option.equals("threads")) {
            report.setting("--" + option, value);
          }
        });
    suite.run(options, report);
    System.out.println(report.write(options.reports()));
    System.err.println(
        "written to " + options.reports().resolve(name + ".html") + ", .md and .json");
    report.wrongAnswers().forEach(wrong -> System.err.println("WRONG: " + wrong));
    return report.wrongAnswers().isEmpty();
  }
}
