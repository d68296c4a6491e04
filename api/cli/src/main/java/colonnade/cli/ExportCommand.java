package colonnade.cli;

import colonnade.Arrow;
import colonnade.Csv;
import colonnade.Frame;
import colonnade.Table;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code colonnade export TABLE FILE}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Write a table as a CSV or Arrow file.")
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "The file to write; it must not exist.")
  private Path file;

  @Option(
      names = "--format",
      description = "csv or arrow; if not said, what the file's name ends in.")
  private @Nullable String format;

  @Mixin private AtFlag at;

  @Override
  public Integer call() {
    String kind = Targets.format(spec, format, file, "csv, arrow");
    Targets.requireAbsent(file, "Name another file; an export replaces nothing.");
    try (Table table = at.open(path)) {
      ProgressLine progress = new ProgressLine(file.toString());
      Frame frame = table.withProgress(progress);
      try {
        if (kind.equals("arrow")) {
          Arrow.write(frame, file);
        } else {
          Csv.write(frame, file);
        }
      } finally {
        progress.end();
      }
      System.out.printf("%s: %,d rows%n", file, table.rowCount());
    }
    return 0;
  }
}
