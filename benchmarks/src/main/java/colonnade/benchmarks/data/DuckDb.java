package colonnade.benchmarks.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A DuckDB database in a file, with a fixed number of threads. */
public final class DuckDb implements AutoCloseable {
  private final Connection connection;

  /** Opens or makes the database in a file. */
  public DuckDb(Path file, int threads) throws SQLException {
    this("jdbc:duckdb:" + file, threads);
  }

  private DuckDb(String url, int threads) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("threads", Integer.toString(threads));
    connection = DriverManager.getConnection(url, properties);
  }

  /** A database in memory. */
  public static DuckDb inMemory(int threads) throws SQLException {
    return new DuckDb("jdbc:duckdb:", threads);
  }

  /** A statement of its own: DuckDB closes one that failed. The caller closes it. */
  public Statement statement() throws SQLException {
    return connection.createStatement();
  }

  /** Runs a statement without looking at its answer. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = statement()) {
      statement.execute(sql);
    }
  }

  /** The first value of the first row. */
  public String value(String sql) throws SQLException {
    try (Statement statement = statement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Whether a table of that name is there. */
  public boolean hasTable(String name) throws SQLException {
    return !value("select count(*) from duckdb_tables() where table_name = '" + name + "'")
        .equals("0");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
