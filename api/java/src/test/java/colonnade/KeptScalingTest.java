package colonnade;

import static colonnade.DataType.UTF8;
import static colonnade.Expr.asc;
import static colonnade.Expr.col;
import static colonnade.Expr.maxAbs;
import static colonnade.Expr.minMax;
import static colonnade.Expr.when;
import static colonnade.Expr.zScore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.CorruptColumnException;
import colonnade.error.InvalidQueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scaled column keeps how it was scaled, and can be scaled back by who has only the table. */
class KeptScalingTest {
  @TempDir Path folder;

  private final Table trips =
      Table.of(
          "zone", new String[] {"a", "b", "a", null, "b", "a"},
          "fare", new Double[] {1.0, 2.0, 3.0, 4.0, null, 8.0},
          "km", new int[] {10, 20, 30, 40, 50, 60});

  @AfterEach
  void close() {
    trips.close();
  }

  @Test
  void keepsTheParametersOfAScaledColumn() {
    Path path = folder.resolve("scaled");
    try (Table scaled = trips.map("z", col("km").normalize(minMax(0, 10))).writeTo(path)) {
      var fitted = scaled.fittedScaling("z").orElseThrow();
      assertThat(column(scaled.select(col("z").denormalize(fitted).as("km")), "km"))
          .containsExactly(10.0, 20.0, 30.0, 40.0, 50.0, 60.0);
      assertThat(column(trips.limit(2).select(col("km").plus(50).normalize(fitted).as("z")), "z"))
          .containsExactly(10.0, 12.0);
      assertThat(scaled.fittedScaling("km")).isEmpty();
    }
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.update("fare", col("km").normalize(zScore()));
      table.commit();
      assertThat(table.fittedScaling("fare").orElseThrow().offset()).isEqualTo(35);
      table.update("fare", 0);
      table.commit();
      assertThat(table.fittedScaling("fare")).isEmpty();
    }
  }

  @Test
  void keepsTheParametersOfAColumnScaledWithinGroups() {
    Path path = folder.resolve("scaled-within-groups");
    Expr z = col("km").normalize(zScore(), "zone");
    try (Table scaled = trips.select(col("zone").as("area"), col("km"), z.as("z")).writeTo(path)) {
      try (Table groups = scaled.fittedGroups("z").orElseThrow()) {
        assertThat(groups.schema().names()).containsExactly("area", "offset", "scale");
        assertThat(column(groups.sort(asc("area")), "area")).containsExactly("a", "b", null);
      }
      assertThat(scaled.fittedScaling("z")).isEmpty();
      assertThat(scaled.fittedGroups("km")).isEmpty();
      Frame inverted = scaled.denormalize("z");
      assertThat(inverted.schema()).isEqualTo(scaled.schema());
      assertThat(column(inverted, "z")).containsExactly(10.0, 20.0, 30.0, 40.0, 50.0, 60.0);
      assertThatThrownBy(() -> scaled.denormalize("km"))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("'km'")
          .hasMessageContaining("was not written as a scaled one");
      assertThat(scaled.verify().isSound()).isTrue();
    }
  }

  @Test
  void doesNotInvertWithoutTheColumnsOfTheGroups() {
    Path path = folder.resolve("scaled-without-keys");
    Expr z = col("km").normalize(minMax(0, 1), col("fare").gt(2), col("zone"));
    try (Table scaled = trips.select(z.as("z"), col("zone")).writeTo(path)) {
      assertThatThrownBy(() -> scaled.denormalize("z"))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("fare > 2")
          .hasMessageContaining("fittedGroups(\"z\")");
      try (Table groups = scaled.fittedGroups("z").orElseThrow()) {
        assertThat(groups.schema().type(0)).isEqualTo(DataType.BOOL);
        assertThat(groups.schema().names().subList(1, 4))
            .containsExactly("zone", "offset", "scale");
      }
    }
  }

  @Test
  void keepsParametersOfManyGroupsWithKeysOfEveryType() {
    int n = 70_000;
    int[] id = IntStream.range(0, n).toArray();
    Path path = folder.resolve("many-groups");
    try (Table rows = Table.of("id", id)) {
      Frame keyed =
          rows.map("long", col("id").div(7).floor().cast(DataType.I64))
              .map("real", when(col("id").rem(5).eq(0)).then(0.0 / 0).otherwise(col("id").rem(11)))
              .map("flag", col("id").rem(2).eq(0))
              .map("day", col("id").rem(100).cast(DataType.I32).cast(DataType.DATE))
              .map(
                  "text", when(col("id").rem(3).eq(0)).then(null).otherwise(col("long").cast(UTF8)))
              .map("x", col("id").times(0.5));
      Expr z = col("x").normalize(maxAbs(), "long", "real", "flag", "day", "text");
      try (Table scaled = keyed.map("z", z).writeTo(path);
          Table groups = scaled.fittedGroups("z").orElseThrow()) {
        assertThat(groups.rowCount()).isEqualTo(n);
        try (Table back = scaled.denormalize("z").collect()) {
          for (int row = 0; row < n; row += 997) {
            assertThat(back.row(row).f64("z")).isEqualTo(row * 0.5);
          }
          assertThat(back.filter(col("z").isNull()).count()).isZero();
        }
      }
    }
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.update("z", 0);
      table.commit();
      assertThat(table.fittedGroups("z")).isEmpty();
    }
  }

  @Test
  void tellsColumnsScaledInTwoStepsApart() {
    Path path = folder.resolve("two-steps");
    Expr first = col("km").normalize(minMax(0, 10));
    Expr second = col("fare").normalize(zScore());
    try (Table scaled = trips.map("a", first).map("b", second).writeTo(path)) {
      assertThat(scaled.fittedScaling("a").orElseThrow().offset()).isEqualTo(10);
      assertThat(scaled.fittedScaling("b").orElseThrow().offset()).isEqualTo(3.6);
      assertThat(column(scaled.denormalize("a"), "a"))
          .containsExactly(10.0, 20.0, 30.0, 40.0, 50.0, 60.0);
    }
  }

  @Test
  void refusesParametersThatWereChanged() throws IOException {
    Path path = folder.resolve("damaged-parameters");
    trips.map("z", col("km").normalize(zScore(), "zone")).writeTo(path).close();
    Path file;
    try (var files = Files.list(path)) {
      file = files.filter(f -> f.toString().endsWith(".param")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    try (Table table = Table.open(path)) {
      assertThat(table.count()).isEqualTo(6);
      assertThatThrownBy(() -> table.denormalize("z"))
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("'z'");
      assertThat(table.verify().isSound()).isFalse();
    }
  }

  private static Object[] column(Frame frame, String column) {
    try (Table table = frame.collect()) {
      Object[] values = new Object[(int) table.rowCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = table.get(column, i);
      }
      return values;
    }
  }
}
