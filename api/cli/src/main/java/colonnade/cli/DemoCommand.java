package colonnade.cli;

import colonnade.cli.demo.Demo;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code colonnade demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "The main job on 3,000,000 real flights: import, query, normalize, write, check, and a page"
            + " with the result.")
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      description = "Where tables and the page go; target/demo of the project if not said.")
  private @Nullable Path directory;

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty("colonnade.home", "."));
    Path target = directory == null ? home.resolve("target").resolve("demo") : directory;
    new Demo(home.resolve("examples").resolve("data").resolve("flights-3m.parquet"), target).run();
    return 0;
  }
}
