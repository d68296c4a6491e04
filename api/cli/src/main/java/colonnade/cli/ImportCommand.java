package colonnade.cli;

import colonnade.Csv;
import colonnade.CsvOptions;
import colonnade.CsvRejects;
import colonnade.DataType;
import colonnade.Frame;
import colonnade.Mode;
import colonnade.Parquet;
import colonnade.Table;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code colonnade import SOURCE TABLE}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description =
        "Write a CSV, Parquet or Arrow file as a table of mapped columns, in bounded memory.")
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "The file to read.")
  private Path source;

  @Parameters(index = "1", paramLabel = "TABLE", description = "The directory to make.")
  private Path target;

  @Option(
      names = "--format",
      description = "csv, parquet or arrow; if not said, what the file's name ends in.")
  private @Nullable String format;

  @Option(
      names = "--type",
      paramLabel = "COLUMN:TYPE",
      description = "CSV: a column's type instead of the inferred one: fare:f64.")
  private String[] types = {};

  @ArgGroup private Existing existing = new Existing();

  /** What to do with a table that is there. */
  static final class Existing {
    @Option(names = "--append", description = "Append to the table.")
    private boolean append;

    @Option(
        names = "--replace",
        description = "Replace the table; the old generation goes when the new one is complete.")
    private boolean replace;
  }

  @Option(
      names = "--delimiter",
      description = "CSV: the character between fields; a comma if not said.")
  private char delimiter = ',';

  @Option(
      names = "--comment",
      description = "CSV: lines that start with this character are skipped.")
  private @Nullable Character comment;

  @Option(
      names = "--no-header",
      description = "CSV: the first line is data; columns are named c0, c1, …")
  private boolean noHeader;

  @Option(
      names = "--null",
      description = "CSV: a text that means null; may be repeated. The empty field if not said.")
  private String[] nulls = {};

  @Option(
      names = "--rejects",
      paramLabel = "TABLE",
      description =
          "CSV: keep going at bad rows, and write them to this table with line, column and reason.")
  private @Nullable Path rejectsPath;

  @Override
  public Integer call() {
    CsvRejects rejects = rejectsPath == null ? null : CsvRejects.create();
    ProgressLine progress = new ProgressLine(source.toString());
    Mode mode = existing.append ? Mode.READ_WRITE : Mode.CREATE;
    if (!existing.append && !existing.replace) {
      Targets.requireAbsent(target);
    }
    Frame frame = frame(rejects).withProgress(progress);
    long start = System.nanoTime();
    try (Table table = frame.writeTo(target, mode)) {
      progress.end();
      System.out.printf(
          "%s: %,d rows, %d columns, in %.1f s%n",
          target, table.rowCount(), table.schema().size(), (System.nanoTime() - start) / 1e9);
    }
    if (rejects != null && rejectsPath != null && rejects.count() > 0) {
      try (Table list = rejects.table();
          Table written = list.writeTo(rejectsPath)) {
        System.out.printf("%s: %,d rejected rows%n", rejectsPath, written.rowCount());
      }
    }
    return 0;
  }

  private Frame frame(@Nullable CsvRejects rejects) {
    String kind = format == null ? Targets.extension(source) : format;
    return switch (kind) {
      case "csv", "tsv", "txt" -> Csv.read(source, csvOptions(rejects, kind));
      case "parquet" -> Parquet.read(source);
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "No import for the format '"
                  + kind
                  + "'; there are csv, parquet and arrow. Say which with --format.");
    };
  }

  private CsvOptions csvOptions(@Nullable CsvRejects rejects, String kind) {
    CsvOptions options =
        CsvOptions.defaults()
            .withDelimiter(kind.equals("tsv") && delimiter == ',' ? '\t' : delimiter)
            .withHeader(!noHeader);
    for (var entry : parsedTypes().entrySet()) {
      options = options.withType(entry.getKey(), entry.getValue());
    }
    if (comment != null) {
      options = options.withComment(comment);
    }
    if (nulls.length > 0) {
      options = options.withNullTexts(nulls);
    }
    return rejects == null ? options : options.withRejects(rejects);
  }

  private Map<String, DataType> parsedTypes() {
    Map<String, DataType> parsed = new LinkedHashMap<>();
    for (String type : types) {
      int colon = type.lastIndexOf(':');
      if (colon < 0) {
        throw new ParameterException(
            spec.commandLine(), "--type takes COLUMN:TYPE, not '" + type + "'");
      }
      try {
        parsed.put(type.substring(0, colon), DataType.parse(type.substring(colon + 1)));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }
    return parsed;
  }
}
