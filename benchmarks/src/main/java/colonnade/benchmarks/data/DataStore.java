package colonnade.benchmarks.data;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Frame;
import colonnade.Mode;
import colonnade.Parquet;
import colonnade.Table;
import colonnade.benchmarks.Options;
import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The files of the benchmarks' tables, made where they are missing and kept between runs: DuckDB
 * makes a table from a hash of the row number in a database file of its own, and hands it over as a
 * Parquet file, from which everybody else loads.
 */
public final class DataStore {
  private final Options options;

  /** Below the directory that the options name. */
  public DataStore(Options options) {
    this.options = options;
  }

  /** Where a peer keeps what it makes of a table. */
  public Path file(Dataset dataset, String ending) {
    return options.directory().resolve(dataset.fileName() + ending);
  }

  /** The table in a DuckDB database of its own. */
  public Path database(Dataset dataset) throws Exception {
    Path database = file(dataset, ".duckdb");
    try (DuckDb duck = new DuckDb(database, options.threads())) {
      if (!duck.hasTable(dataset.name())) {
        System.err.printf("generating %s, %,d rows%n", dataset.name(), dataset.rows());
        duck.execute("create table " + dataset.name() + " as " + dataset.select());
        duck.execute("checkpoint");
      }
    }
    return database;
  }

  /** The table as a Parquet file. */
  public Path parquet(Dataset dataset) throws Exception {
    return exported(dataset, ".parquet", "(format parquet)");
  }

  /** The table as a CSV file with a header. */
  public Path csv(Dataset dataset) throws Exception {
    return exported(dataset, ".csv", "(format csv, header)");
  }

  private Path exported(Dataset dataset, String ending, String format) throws Exception {
    Path target = file(dataset, ending);
    if (!Files.exists(target)) {
      Path unfinished = file(dataset, ending + ".unfinished");
      try (DuckDb duck = new DuckDb(database(dataset), options.threads())) {
        duck.execute("copy " + dataset.name() + " to '" + unfinished + "' " + format);
      }
      Files.move(unfinished, target);
    }
    return target;
  }

  /** The table as Colonnade's, in the encoding that the options ask for. */
  public Path table(Dataset dataset) throws Exception {
    String encoding = options.text("encoding", "auto");
    Path path = file(dataset, encoding.equals("auto") ? "" : "-" + encoding);
    if (!Files.isDirectory(path)) {
      Frame frame = Parquet.read(parquet(dataset));
      try (Table table = frame.writeTo(path, Mode.CREATE, writeOptions(frame, encoding))) {
        System.err.printf("imported %,d rows%n", table.rowCount());
      }
    }
    return path;
  }

  /**
   * {@code auto}: chosen by the data. {@code plain}: all but text as the values themselves, as
   * other programs can map them.
   */
  private static WriteOptions writeOptions(Frame frame, String encoding) {
    WriteOptions options = WriteOptions.DEFAULT;
    if (encoding.equals("auto")) {
      return options;
    }
    if (!encoding.equals("plain")) {
      throw new IllegalArgumentException("--encoding is auto or plain, not " + encoding);
    }
    for (Field field : frame.schema().fields()) {
      if (field.type() != DataType.UTF8) {
        options = options.withEncoding(field.name(), EncodingChoice.PLAIN);
      }
    }
    return options;
  }

  /** Deletes a directory and all in it, if it is there. */
  public static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
