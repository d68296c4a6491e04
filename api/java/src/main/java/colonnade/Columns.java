package colonnade;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.JoinKind;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.error.InvalidQueryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists of named columns, as the verbs of a frame need them, and the checks of their names. */
final class Columns {
  private Columns() {}

  static List<Named> named(String... columns) {
    return Arrays.stream(columns).map(c -> new Named(c, new Expression.Column(c))).toList();
  }

  static List<Named> named(Expr... values) {
    return Arrays.stream(values).map(value -> Named.of(value.expression())).toList();
  }

  /** All columns but these, which must exist. */
  static List<Named> without(Schema schema, String... columns) {
    Set<String> dropped = new HashSet<>();
    for (String column : columns) {
      schema.indexOf(column);
      dropped.add(column);
    }
    return named(schema.names().stream().filter(n -> !dropped.contains(n)).toArray(String[]::new));
  }

  /** All columns, one of them under another name. */
  static List<Named> renamed(Schema schema, String column, String newName) {
    int index = schema.indexOf(column);
    List<Named> all = new ArrayList<>(named(schema.names().toArray(String[]::new)));
    all.set(index, new Named(newName, new Expression.Column(column)));
    return all;
  }

  static Plan project(Plan input, List<Named> columns) {
    if (columns.isEmpty()) {
      throw new InvalidQueryException("select", "no column is left", "Keep at least one.");
    }
    requireDistinct(columns, List.of());
    return Plan.Project.of(input, columns);
  }

  static Plan join(
      Plan left, Plan right, JoinKind kind, List<Expr> leftKeys, List<Expr> rightKeys) {
    try {
      return Plan.Join.of(
          left,
          right,
          leftKeys.stream().map(Expr::input).toList(),
          rightKeys.stream().map(Expr::input).toList(),
          kind,
          false,
          "_right");
    } catch (IllegalArgumentException e) {
      throw new InvalidQueryException(
          "join",
          "two columns of the join have one name: " + e.getMessage(),
          "Rename it on one side before the join.",
          e);
    }
  }

  /** Refuses two columns of one name. */
  static void requireDistinct(List<Named> first, List<Named> second) {
    Set<String> seen = new HashSet<>();
    for (List<Named> columns : List.of(first, second)) {
      for (Named column : columns) {
        if (!seen.add(column.name())) {
          throw new InvalidQueryException(
              "column '" + column.name() + "'",
              "two columns would be called '" + column.name() + "'",
              "Give one of them another name with .as(\"…\").");
        }
      }
    }
  }
}
