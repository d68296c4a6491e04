package colonnade.benchmarks.peers;

import static colonnade.Expr.sum;

import colonnade.Frame;
import colonnade.Table;
import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.data.MappedFiles;
import colonnade.engine.exec.QueryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Ourselves, through the API that users have. A large answer stays in memory. */
public final class ColonnadePeer implements Peer {
  private final Options options;
  private final DataStore store;
  private final Map<String, Path> paths = new HashMap<>();
  private final Map<String, Table> tables = new HashMap<>();

  /** Of tables in a store. */
  public ColonnadePeer(Options options, DataStore store) {
    this.options = options;
    this.store = store;
  }

  @Override
  public String name() {
    return "colonnade";
  }

  @Override
  public String version() {
    return "Colonnade " + options.text("encoding", "auto") + " encodings";
  }

  @Override
  public void load(Dataset dataset) throws Exception {
    Path path = store.table(dataset);
    paths.put(dataset.name(), path);
    tables.put(dataset.name(), Table.open(path));
  }

  private Frame frame(Question question) {
    return question.ours().apply(tables.get(question.dataset())).with(queryOptions(options));
  }

  /** The threads and the limit of memory that the options ask for. */
  public static QueryOptions queryOptions(Options options) {
    QueryOptions query = QueryOptions.defaults().withThreads(options.threads());
    long limit = options.memoryLimit();
    return limit == 0 ? query : query.withMemoryLimitBytes(limit);
  }

  @Override
  public Fingerprint fingerprint(Question question) {
    try (Table answer = frame(question).collect()) {
      if (!question.isLarge()) {
        return read(answer, question);
      }
      List<String> columns = question.large();
      double[] sums = new double[columns.size()];
      for (int c = 0; c < sums.length; c++) {
        try (Table sum = answer.aggregate(sum(columns.get(c)).as("s")).collect()) {
          sums[c] = sum.row(0).get(0) instanceof Number n ? n.doubleValue() : 0;
        }
      }
      return Fingerprint.of(answer.rowCount(), sums);
    }
  }

  private static Fingerprint read(Table answer, Question question) {
    Fingerprint fingerprint = new Fingerprint(question.keys());
    Object[] values = new Object[answer.schema().size()];
    for (long row = 0; row < answer.rowCount(); row++) {
      for (int c = 0; c < values.length; c++) {
        values[c] = answer.row(row).get(c);
      }
      fingerprint.row(values);
    }
    return fingerprint;
  }

  @Override
  public long runNanos(Question question) {
    long start = System.nanoTime();
    try (Table answer = frame(question).collect()) {
      if (!question.isLarge()) {
        read(answer, question);
      }
    }
    return System.nanoTime() - start;
  }

  /** The size of the files that a table of its own maps for the answer. */
  @Override
  public OptionalLong scannedBytes(Question question) throws IOException {
    Path path = paths.get(question.dataset());
    Map<Path, Long> before = MappedFiles.below(path);
    long bytes = 0;
    try (Table table = Table.open(path);
        Table answer = question.ours().apply(table).with(queryOptions(options)).collect()) {
      for (Map.Entry<Path, Long> file : MappedFiles.below(path).entrySet()) {
        if (file.getValue() > before.getOrDefault(file.getKey(), 0L)) {
          bytes += Files.size(file.getKey());
        }
      }
      return answer.rowCount() >= 0 && bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    tables.values().forEach(Table::close);
    tables.clear();
  }
}
