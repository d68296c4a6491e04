package colonnade.parquet;

import static colonnade.Expr.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Frame;
import colonnade.Parquet;
import colonnade.Schema;
import colonnade.Table;
import colonnade.error.MalformedInputException;
import colonnade.error.UnsupportedFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files through the verbs and actions of a frame. */
class ParquetFrameTest {
  @TempDir Path folder;

  @Test
  void importsTheFlightsIntoATable() throws SQLException {
    Path file = InteropFiles.shared("flights-3m.parquet");
    List<List<Object>> ours = new ArrayList<>();
    try (Table flights = Parquet.read(file).writeTo(folder.resolve("flights"))) {
      assertThat(flights.rowCount()).isEqualTo(3_000_000);
      Table worst =
          flights
              .filter(col("delay").gt(300))
              .select("origin", "destination", "delay", "distance")
              .collect();
      for (int i = 0; i < worst.rowCount(); i++) {
        var row = worst.row(i);
        ours.add(
            List.of(
                row.get("origin"), row.get("destination"), row.get("delay"), row.get("distance")));
      }
    }
    try (DuckDb duckDb = new DuckDb()) {
      assertThat(ours)
          .hasSizeGreaterThan(100)
          .isEqualTo(
              duckDb.query(
                  "select origin, destination, delay, distance from read_parquet('"
                      + file
                      + "') where delay > 300",
                  Schema.of(
                      "origin",
                      DataType.UTF8,
                      "destination",
                      DataType.UTF8,
                      "delay",
                      DataType.I64,
                      "distance",
                      DataType.I64)));
    }
  }

  @Test
  void readsTheColumnsBesideANestedOneThroughSelect() throws SQLException {
    Path file = folder.resolve("nested.parquet");
    try (DuckDb duckDb = new DuckDb()) {
      duckDb.execute("copy (select i id, [i] l, 'v' || i v from range(5) r(i)) to '" + file + "'");
    }
    Frame frame = Parquet.read(file.toString());
    assertThat(frame.select("v").filter(col("v").ne("v3")).collect().rowCount()).isEqualTo(4);
    assertThatThrownBy(frame::collect)
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("column 'l'");
  }

  @Test
  void publishesNothingWhenAPageIsDamaged() throws Exception {
    Path file = InteropFiles.shared("interop/parquet/datapage_v1-corrupt-checksum.parquet");
    Path table = folder.resolve("table");
    assertThatThrownBy(() -> Parquet.read(file).writeTo(table))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("column 'a'");
    assertThatThrownBy(() -> Table.open(table)).isInstanceOf(RuntimeException.class);
    assertThat(Files.exists(file)).isTrue();
  }
}
