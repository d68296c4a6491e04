package colonnade.benchmarks.peers;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.data.DuckDb;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * DuckDB through its JDBC driver, a database file for each table, with the number of threads and
 * the limit of memory that the options say and no other setting. A large answer goes to a temporary
 * table.
 */
public final class DuckDbPeer implements Peer {
  private static final String ANSWER = "answer";

  private final Options options;
  private final DataStore store;
  private final Map<String, DuckDb> databases = new HashMap<>();

  DuckDbPeer(Options options, DataStore store) {
    this.options = options;
    this.store = store;
  }

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public String version() {
    try (DuckDb duck = DuckDb.inMemory(1)) {
      return "DuckDB " + duck.value("select version()") + " (JDBC)";
    } catch (SQLException e) {
      return "DuckDB of unknown version";
    }
  }

  @Override
  public void load(Dataset dataset) throws Exception {
    DuckDb duck = new DuckDb(store.database(dataset), options.threads());
    if (options.memoryLimit() > 0) {
      duck.execute("set memory_limit='" + options.memoryLimit() / 1_000_000 + "MB'");
      duck.execute("set temp_directory='" + store.file(dataset, ".duckdb.tmp") + "'");
      duck.execute("set max_temp_directory_size='30GB'");
    }
    databases.put(dataset.name(), duck);
  }

  @Override
  public Optional<String> refusal(Question question) {
    return Peer.super
        .refusal(question)
        .or(() -> question.text(name(), "sql").isPresent() ? Optional.empty() : NOT_IN_SQL);
  }

  private static final Optional<String> NOT_IN_SQL = Optional.of("not put into its language");

  private static String sql(Question question) {
    return question.text("duckdb", "sql").orElseThrow();
  }

  @Override
  public Fingerprint fingerprint(Question question) throws SQLException {
    if (!question.isLarge()) {
      return fetch(question);
    }
    StringBuilder sums = new StringBuilder("select count(*)");
    for (String column : question.large()) {
      sums.append(", sum(").append(column).append(")::double");
    }
    try (Statement statement = databases.get(question.dataset()).statement();
        ResultSet rows = statement.executeQuery(sums + " from (" + sql(question) + ")")) {
      rows.next();
      double[] values = new double[question.large().size()];
      for (int c = 0; c < values.length; c++) {
        values[c] = rows.getDouble(c + 2);
      }
      return Fingerprint.of(rows.getLong(1), values);
    }
  }

  private Fingerprint fetch(Question question) throws SQLException {
    try (Statement statement = databases.get(question.dataset()).statement();
        ResultSet rows = statement.executeQuery(sql(question))) {
      Fingerprint fingerprint = new Fingerprint(question.keys());
      Object[] values = new Object[rows.getMetaData().getColumnCount()];
      while (rows.next()) {
        for (int c = 0; c < values.length; c++) {
          values[c] = rows.getObject(c + 1);
        }
        fingerprint.row(values);
      }
      return fingerprint;
    }
  }

  @Override
  public long runNanos(Question question) throws SQLException {
    DuckDb duck = databases.get(question.dataset());
    long start = System.nanoTime();
    if (!question.isLarge()) {
      fetch(question);
      return System.nanoTime() - start;
    }
    duck.execute("create or replace temp table " + ANSWER + " as " + sql(question));
    long nanos = System.nanoTime() - start;
    duck.execute("drop table " + ANSWER);
    return nanos;
  }

  @Override
  public void close() throws IOException {
    try {
      for (DuckDb duck : databases.values()) {
        duck.close();
      }
    } catch (SQLException e) {
      throw new IOException("DuckDB did not close", e);
    }
    databases.clear();
  }
}
