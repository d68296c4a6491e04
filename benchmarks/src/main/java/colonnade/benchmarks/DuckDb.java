package colonnade.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A DuckDB database in a file, with a fixed number of threads. */
final class DuckDb implements AutoCloseable {
  private final Connection connection;

  DuckDb(Path file, int threads) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("threads", Integer.toString(threads));
    connection = DriverManager.getConnection("jdbc:duckdb:" + file, properties);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  boolean hasTable(String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from duckdb_tables() where table_name = '" + name + "'")) {
      rows.next();
      return rows.getLong(1) > 0;
    }
  }

  /** Runs a query and reads every value of its result. */
  Fingerprint query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Fingerprint fingerprint = new Fingerprint();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        fingerprint.row();
        for (int c = 1; c <= columns; c++) {
          fingerprint.value(c - 1, rows.getObject(c));
        }
      }
      return fingerprint;
    }
  }

  /** The fingerprint of a query whose result is too large to fetch, computed by the database. */
  Fingerprint fingerprint(String sql, String... numericColumns) throws SQLException {
    StringBuilder sums = new StringBuilder("select count(*)");
    for (String column : numericColumns) {
      sums.append(", sum(").append(column).append(")::double");
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sums + " from (" + sql + ")")) {
      rows.next();
      Fingerprint fingerprint = new Fingerprint();
      fingerprint.rows(rows.getLong(1));
      for (int c = 0; c < numericColumns.length; c++) {
        fingerprint.value(c, rows.getDouble(c + 2));
      }
      return fingerprint;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
