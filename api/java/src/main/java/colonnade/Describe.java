package colonnade;

import static colonnade.Expr.col;
import static colonnade.Expr.count;
import static colonnade.Expr.max;
import static colonnade.Expr.mean;
import static colonnade.Expr.min;
import static colonnade.Expr.quantile;
import static colonnade.Expr.std;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The summary of {@link Frame#describe()}: one query for all columns, then one row for each. */
final class Describe {
  private static final double[] QUARTILES = {0.25, 0.5, 0.75};

  private Describe() {}

  static Table of(Frame frame) {
    Schema schema = frame.schema();
    List<Expr> aggregates = new ArrayList<>();
    aggregates.add(count().as("rows"));
    for (int c = 0; c < schema.size(); c++) {
      addAggregates(aggregates, schema.field(c), c);
    }
    try (Table result = frame.aggregate(aggregates.toArray(Expr[]::new)).collect()) {
      return table(schema, result.row(0));
    }
  }

  private static void addAggregates(List<Expr> aggregates, Field field, int c) {
    Expr column = col(field.name());
    aggregates.add(count(column).as("count " + c));
    if (field.type() != DataType.BINARY) {
      aggregates.add(min(column).as("min " + c));
      aggregates.add(max(column).as("max " + c));
    }
    if (field.type().isNumeric()) {
      aggregates.add(mean(column).as("mean " + c));
      aggregates.add(std(column).as("std " + c));
      for (double fraction : QUARTILES) {
        aggregates.add(quantile(column, fraction).as("quantile " + fraction + " " + c));
      }
    }
  }

  private static Table table(Schema schema, Row row) {
    int size = schema.size();
    long rows = row.i64("rows");
    long[] counts = new long[size];
    long[] nulls = new long[size];
    @Nullable String[] types = new @Nullable String[size];
    @Nullable String[] least = new @Nullable String[size];
    @Nullable String[] greatest = new @Nullable String[size];
    @Nullable Double[][] numbers = new @Nullable Double[2 + QUARTILES.length][size];
    for (int c = 0; c < size; c++) {
      counts[c] = row.i64("count " + c);
      nulls[c] = rows - counts[c];
      types[c] = schema.type(c).label();
      least[c] = text(row, "min " + c);
      greatest[c] = text(row, "max " + c);
      numbers[0][c] = number(row, "mean " + c);
      numbers[1][c] = number(row, "std " + c);
      for (int q = 0; q < QUARTILES.length; q++) {
        numbers[2 + q][c] = number(row, "quantile " + QUARTILES[q] + " " + c);
      }
    }
    return Table.of(
        "column",
        schema.names().toArray(String[]::new),
        "type",
        types,
        "count",
        counts,
        "nulls",
        nulls,
        "mean",
        numbers[0],
        "std",
        numbers[1],
        "min",
        least,
        "p25",
        numbers[2],
        "p50",
        numbers[3],
        "p75",
        numbers[4],
        "max",
        greatest);
  }

  private static @Nullable Double number(Row row, String column) {
    return row.schema().contains(column) ? (Double) row.get(column) : null;
  }

  private static @Nullable String text(Row row, String column) {
    Object value = row.schema().contains(column) ? row.get(column) : null;
    return value == null ? null : CellText.of(value);
  }
}
