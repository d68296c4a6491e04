package colonnade.cli;

import colonnade.Csv;
import colonnade.Frame;
import colonnade.Table;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  @Override
  public Integer call() {
    String kind = format == null ? Targets.extension(file) : format;
    if (!kind.equals("csv") && !kind.equals("arrow") && !kind.equals("feather")) {
      throw new ParameterException(
          spec.commandLine(),
          "No export to the format '"
              + kind
              + "'; there are csv and arrow. Say which with --format.");
    }
    Targets.requireAbsent(file);
    try (Table table = Table.open(path)) {
      ProgressLine progress = new ProgressLine(file.toString());
      Frame frame = table.withProgress(progress);
      Csv.write(frame, file);
      progress.end();
      System.out.printf("%s: %,d rows%n", file, table.rowCount());
    }
    return 0;
  }
}
