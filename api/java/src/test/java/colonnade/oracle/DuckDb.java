package colonnade.oracle;

import colonnade.DataType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB in memory, on one thread. Its tables have a column {@code rid}, the number of the row,
 * {@code minus_zero}, which SQL has no constant for, and beside them all integers in BIGINT and all
 * floating point in DOUBLE, so that SQL computes in the widths that Colonnade does. The caller
 * closes it.
 */
final class DuckDb implements AutoCloseable {
  private final DuckDBConnection connection;
  private final Map<String, List<Object[]>> known = new HashMap<>();

  DuckDb() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
      execute("set threads=1");
      execute("set ieee_floating_point_ops=true");
      // It simplifies x * -0.0 to 0.0, among others.
      execute("set disabled_optimizers='expression_rewriter'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes {@code table} under {@code name}, in the place of one that is there. */
  void load(String name, OracleTable table) {
    StringBuilder columns = new StringBuilder("rid BIGINT, minus_zero DOUBLE");
    table
        .schema()
        .fields()
        .forEach(f -> columns.append(", \"").append(f.name()).append("\" ").append(type(f.type())));
    known.clear();
    execute("create or replace table " + name + "(" + columns + ")");
    try (DuckDBAppender appender = connection.createAppender(name)) {
      for (int r = 0; r < table.rowCount(); r++) {
        appender.beginRow();
        appender.append((long) r);
        appender.append(-0.0);
        for (int c = 0; c < table.columns().size(); c++) {
          append(appender, table.schema().type(c), table.columns().get(c)[r]);
        }
        appender.endRow();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void append(DuckDBAppender appender, DataType type, Object value)
      throws SQLException {
    switch (value) {
      case null -> appender.appendNull();
      case Long days when type == DataType.DATE -> appender.appendEpochDays(days.intValue());
      case Long micros when type == DataType.TIMESTAMP_MICROS -> appender.appendEpochMicros(micros);
      case Long integer -> appender.append(integer.longValue());
      case Double floating -> appender.append(floating.doubleValue());
      case Boolean bool -> appender.append(bool.booleanValue());
      case String text -> appender.append(text);
      case byte[] bytes -> appender.append(bytes);
      default -> throw new IllegalArgumentException(value.toString());
    }
  }

  /** The type that stands for {@code type} in SQL. */
  static String type(DataType type) {
    return switch (type) {
      case I8, I16, I32, I64, U8, U16, U32 -> "BIGINT";
      case F32, F64 -> "DOUBLE";
      case BOOL -> "BOOLEAN";
      case DATE -> "DATE";
      case TIMESTAMP_MICROS -> "TIMESTAMP";
      case UTF8 -> "VARCHAR";
      case BINARY -> "BLOB";
    };
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The cells of {@code select}, whose columns have these types of ours; asked once per table. */
  List<Object[]> query(String select, List<DataType> types) {
    List<Object[]> rows = known.computeIfAbsent(types + select, _ -> run(select, types));
    return new ArrayList<>(rows.stream().map(Object[]::clone).toList());
  }

  private List<Object[]> run(String select, List<DataType> types) {
    List<Object[]> rows = new ArrayList<>();
    // Dates and timestamps come as the integers that they are; nothing on the way may change them.
    StringBuilder columns = new StringBuilder();
    for (int c = 0; c < types.size(); c++) {
      String column = "c" + c;
      columns.append(c == 0 ? "" : ", ");
      columns.append(
          switch (types.get(c)) {
            case DATE -> "(" + column + " - DATE '1970-01-01')::BIGINT";
            case TIMESTAMP_MICROS -> "epoch_us(" + column + ")";
            case I8, I16, I32, I64, U8, U16, U32 -> column + "::BIGINT";
            default -> column;
          });
    }
    StringBuilder names = new StringBuilder("c0");
    for (int c = 1; c < types.size(); c++) {
      names.append(", c").append(c);
    }
    String sql = "select " + columns + " from (" + select + ") q(" + names + ")";
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        Object[] row = new Object[types.size()];
        for (int c = 0; c < row.length; c++) {
          Object value = cell(result, c + 1, types.get(c));
          row[c] = result.wasNull() ? null : value;
        }
        rows.add(row);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
    return rows;
  }

  private static Object cell(ResultSet result, int column, DataType type) throws SQLException {
    return switch (type) {
      case F32, F64 -> result.getDouble(column);
      case BOOL -> result.getBoolean(column);
      case UTF8 -> result.getString(column);
      case BINARY -> result.getBytes(column);
      default -> result.getLong(column);
    };
  }

  @Override
  public void close() {
    try (Connection closed = connection) {
      closed.clearWarnings();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
