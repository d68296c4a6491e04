package colonnade.cli;

import static colonnade.Expr.col;

import colonnade.Arrow;
import colonnade.Csv;
import colonnade.CsvRejects;
import colonnade.DataType;
import colonnade.Field;
import colonnade.Frame;
import colonnade.Mode;
import colonnade.Parquet;
import colonnade.Table;
import colonnade.engine.store.WriteOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        "Write a CSV, Parquet, Arrow or .npy file as a table of mapped columns, in bounded memory.")
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "The file to read.")
  private Path source;

  @Parameters(index = "1", paramLabel = "TABLE", description = "The directory to make.")
  private Path target;

  @Option(
      names = "--format",
      description = "csv, tsv, parquet, arrow or npy; if not said, what the file's name ends in.")
  private @Nullable String format;

  @Option(
      names = "--type",
      paramLabel = "COLUMN:TYPE",
      description =
          "A column's type instead of the inferred one, such as fare:f64; may be repeated. Columns"
              + " of files with types of their own are cast.")
  private String[] types = {};

  @Option(
      names = "--encoding",
      paramLabel = "[COLUMN:]ENCODING",
      description =
          "How values lie in files: auto (fewest bytes), plain (other programs can map them) or"
              + " dictionary; for one column or for all others; may be repeated.")
  private String[] encodings = {};

  @ArgGroup private Existing existing = new Existing();

  /** What to do with a table that is there. */
  static final class Existing {
    @Option(
        names = "--append",
        description =
            "Append to the table, which must have the same columns; CSV is read with its types.")
    private boolean append;

    @Option(
        names = "--replace",
        description = "Replace the table; the old generation goes when the new one is complete.")
    private boolean replace;
  }

  @Mixin private CsvFlags csv = new CsvFlags();

  @Option(
      names = "--rejects",
      paramLabel = "TABLE",
      description =
          "CSV: keep going at bad rows, and write them to this table with line, column and reason.")
  private @Nullable Path rejectsPath;

  @Override
  public Integer call() {
    String kind = Targets.format(spec, format, source, "csv, tsv, parquet, arrow, npy");
    boolean isCsv = kind.equals("csv") || kind.equals("tsv");
    Map<String, DataType> wanted = parsedTypes();
    WriteOptions writing = EncodingFlags.parse(spec, encodings);
    if (existing.append && encodings.length > 0) {
      throw new ParameterException(
          spec.commandLine(), "--append goes on in the table's encodings; leave --encoding out");
    }
    CsvRejects rejects = null;
    if (rejectsPath != null) {
      if (!isCsv) {
        throw new ParameterException(spec.commandLine(), "--rejects is for CSV files only");
      }
      Targets.requireAbsent(rejectsPath, "Name another place for the rejects.");
      rejects = CsvRejects.create();
    }
    if (existing.append) {
      Map<String, DataType> stored = storedTypes();
      stored.putAll(wanted);
      wanted = isCsv ? stored : wanted;
    } else if (!existing.replace && !isEmptyDirectory(target)) {
      Targets.requireAbsent(target, "Name another place, or say --replace or --append.");
    }
    ProgressLine progress = new ProgressLine(source.toString());
    long start = System.nanoTime();
    try {
      Frame frame =
          (isCsv ? Csv.read(source, csv.options(kind, wanted, rejects)) : typed(kind, wanted))
              .withProgress(progress);
      try (Table table = write(frame, writing)) {
        progress.end();
        System.out.printf(
            "%s: %,d rows, %d columns, in %.1f s%n",
            target, table.rowCount(), table.schema().size(), (System.nanoTime() - start) / 1e9);
      }
    } finally {
      progress.end();
    }
    if (rejects != null && rejectsPath != null) {
      writeRejects(rejects, rejectsPath);
    }
    return 0;
  }

  private Table write(Frame frame, WriteOptions writing) {
    return existing.append
        ? frame.appendTo(target)
        : frame.writeTo(target, existing.replace ? Mode.CREATE : Mode.READ_WRITE, writing);
  }

  private static void writeRejects(CsvRejects rejects, Path path) {
    if (rejects.count() == 0) {
      System.out.println("no rows were rejected");
      return;
    }
    try (Table list = rejects.table();
        Table written = list.writeTo(path)) {
      System.out.printf("%s: %,d rejected rows%n", path, written.rowCount());
    }
  }

  /** A file that has types of its own, with casts to those that were asked for. */
  private Frame typed(String kind, Map<String, DataType> wanted) {
    Frame frame =
        switch (kind) {
          case "parquet" -> Parquet.read(source);
          case "npy" -> Frame.of(new NpyRows(source));
          default -> Arrow.read(source);
        };
    for (var entry : wanted.entrySet()) {
      frame = frame.map(entry.getKey(), col(entry.getKey()).cast(entry.getValue()));
    }
    return frame;
  }

  private Map<String, DataType> storedTypes() {
    Map<String, DataType> stored = new LinkedHashMap<>();
    try (Table table = Table.open(target)) {
      for (Field field : table.schema()) {
        stored.put(field.name(), field.type());
      }
    }
    return stored;
  }

  private static boolean isEmptyDirectory(Path path) {
    String[] names = Files.isSymbolicLink(path) ? null : path.toFile().list();
    return names != null && names.length == 0;
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
      } catch (RuntimeException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }
    return parsed;
  }
}
