package colonnade.oracle;

import colonnade.Appender;
import colonnade.DataType;
import colonnade.Expr;
import colonnade.Frame;
import colonnade.Mode;
import colonnade.Schema;
import colonnade.Table;
import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.WriteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A table of boxed values, from which the same table is made for Colonnade and for DuckDB.
 * Integers, dates (days) and timestamps (microseconds) are {@link Long}, floating point {@link
 * Double}.
 *
 * @param columns one array per column of {@code schema}
 */
record OracleTable(Schema schema, List<Object[]> columns, int rowCount) {
  /** The table in memory, made of Java arrays as far as there are arrays of its types. */
  Table inMemory() {
    List<Object> namesAndArrays = new ArrayList<>();
    List<Expr> typed = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      DataType type = schema.type(c);
      namesAndArrays.add(schema.name(c));
      namesAndArrays.add(array(type, columns.get(c)));
      Expr column = Expr.col(schema.name(c));
      boolean narrowed = type.isInteger() && type != DataType.I64 || type == DataType.F32;
      typed.add(narrowed ? column.cast(type).as(schema.name(c)) : column);
    }
    try (Table wide = Table.of(namesAndArrays.toArray())) {
      Frame narrow = wide.select(typed.toArray(Expr[]::new));
      return narrow.collect();
    }
  }

  /** The table mapped from files, with text and binary encoded as asked. */
  Table mapped(Path path, EncodingChoice encoding) {
    WriteOptions writing = WriteOptions.DEFAULT.withEncoding(encoding);
    try (Appender appender = Table.create(path, schema, Mode.READ_WRITE, writing)) {
      Object[] row = new Object[columns.size()];
      for (int r = 0; r < rowCount; r++) {
        for (int c = 0; c < row.length; c++) {
          Object value = columns.get(c)[r];
          row[c] =
              value != null && schema.type(c) == DataType.DATE
                  ? (Object) ((Long) value).intValue()
                  : value;
        }
        appender.append(row);
      }
    }
    return Table.open(path);
  }

  private static Object array(DataType type, Object[] values) {
    return switch (type) {
      case I8, I16, I32, I64, U8, U16, U32 -> Arrays.copyOf(values, values.length, Long[].class);
      case F32, F64 -> Arrays.copyOf(values, values.length, Double[].class);
      case BOOL -> Arrays.copyOf(values, values.length, Boolean[].class);
      case DATE ->
          Arrays.stream(values)
              .map(v -> v == null ? null : java.time.LocalDate.ofEpochDay((Long) v))
              .toArray(java.time.LocalDate[]::new);
      case TIMESTAMP_MICROS ->
          Arrays.stream(values)
              .map(v -> v == null ? null : instant((Long) v))
              .toArray(java.time.Instant[]::new);
      case UTF8 -> Arrays.copyOf(values, values.length, String[].class);
      case BINARY -> Arrays.copyOf(values, values.length, byte[][].class);
    };
  }

  private static java.time.Instant instant(long micros) {
    return java.time.Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }

  /** One row, for messages. */
  String rowText(int row) {
    StringBuilder text = new StringBuilder();
    for (int c = 0; c < columns.size(); c++) {
      text.append(c == 0 ? "" : ", ").append(schema.name(c)).append('=');
      text.append(text(columns.get(c)[row]));
    }
    return text.toString();
  }

  /** A cell as it stands in messages and saved inputs. */
  static String text(Object value) {
    return switch (value) {
      case null -> "null";
      case byte[] bytes -> "x'" + HexFormat.of().formatHex(bytes) + "'";
      case String s -> "'" + s + "'";
      case Double d when d.isNaN() -> "NaN:" + Long.toHexString(Double.doubleToRawLongBits(d));
      default -> value.toString();
    };
  }

  /** Keeps this table as a file below {@code target/oracle}, a row a line; gives its path. */
  Path save(String name) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "oracle"));
      List<String> lines = new ArrayList<>();
      lines.add(schema.fields().toString());
      for (int r = 0; r < rowCount; r++) {
        lines.add(rowText(r));
      }
      return Files.write(folder.resolve(name + ".txt"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
