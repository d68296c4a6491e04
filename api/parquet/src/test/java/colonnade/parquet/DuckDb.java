package colonnade.parquet;

import colonnade.DataType;
import colonnade.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The independent engine: writes files for the tests, and reads files as {@link Rows} does. */
final class DuckDb implements AutoCloseable {
  private final Connection connection;

  DuckDb() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("set threads = 1");
    execute("set timezone = 'UTC'");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<List<Object>> parquet(Path file, Schema schema) throws SQLException {
    return query("select * from read_parquet('" + file + "')", schema);
  }

  List<List<Object>> query(String sql, Schema schema) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int c = 0; c < schema.size(); c++) {
          row.add(value(result, c + 1, schema.type(c)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static Object value(ResultSet result, int column, DataType type) throws SQLException {
    Object value = result.getObject(column);
    return switch (value) {
      case null -> null;
      case Boolean b -> b ? 1L : 0L;
      case Float f -> (double) f;
      case Double d -> d;
      case BigDecimal d -> d.doubleValue();
      case BigInteger i -> i.longValueExact();
      case LocalDate d -> d.toEpochDay();
      case LocalTime t -> t.toNanoOfDay() / 1_000;
      case LocalDateTime t -> micros(t.toInstant(ZoneOffset.UTC));
      case OffsetDateTime t -> micros(t.toInstant());
      case java.sql.Timestamp t -> micros(t.toLocalDateTime().toInstant(ZoneOffset.UTC));
      case Number n when type.isFloating() -> n.doubleValue();
      case Number n -> n.longValue();
      case UUID u ->
          ByteBuffer.allocate(16)
              .putLong(u.getMostSignificantBits())
              .putLong(u.getLeastSignificantBits())
              .flip();
      case java.sql.Blob b -> ByteBuffer.wrap(b.getBytes(1, (int) b.length()));
      default -> value.toString();
    };
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
