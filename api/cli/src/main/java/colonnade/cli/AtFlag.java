package colonnade.cli;

import colonnade.Table;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --at GENERATION}, of commands that read a table. */
final class AtFlag {
  @Option(
      names = "--at",
      paramLabel = "GENERATION",
      description = "As the table was at this generation; history lists them.")
  private @Nullable Long generation;

  boolean isGiven() {
    return generation != null;
  }

  /** The table, at the newest generation if none was said. */
  Table open(Path path) {
    Long number = generation;
    if (number == null) {
      return Table.open(path);
    }
    try (Table newest = Table.open(path)) {
      return newest.at(number);
    }
  }
}
