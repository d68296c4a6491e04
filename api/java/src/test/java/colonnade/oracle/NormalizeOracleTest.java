package colonnade.oracle;

import colonnade.Expr;
import colonnade.Table;
import colonnade.engine.plan.Scaling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four scalings of the whole column and within groups, against their formulas in SQL. */
class NormalizeOracleTest {
  @TempDir Path folder;

  @Test
  void scalingsAgreeWithTheirFormulas() {
    try (OracleCheck check = new OracleCheck(folder)) {
      for (int rows : new int[] {0, 1, 2, 1200}) {
        check.oneStorage(
            AggregateCases.table(rows, check.random),
            (table, data) -> {
              for (String column : List.of("exact", "rough", "n", "i8", "u32")) {
                for (String[] by : new String[][] {{}, {"utf8"}, {"i8", "bool"}, {"f64"}}) {
                  for (Scaling scaling :
                      List.of(
                          Expr.zScore(),
                          Expr.minMax(),
                          Expr.minMax(-1, 3),
                          Expr.robust(),
                          Expr.maxAbs())) {
                    agrees(check, table, column, by, scaling);
                  }
                }
              }
            });
      }
    }
  }

  private static void agrees(
      OracleCheck check, Table table, String column, String[] by, Scaling scaling) {
    List<String> keys = new ArrayList<>();
    for (String key : by) {
      keys.add('"' + key + '"');
    }
    String over =
        " over (" + (by.length == 0 ? "" : "partition by " + String.join(", ", keys)) + ")";
    String x = column + "::DOUBLE";
    String low = "(" + scaling.low() + ")::DOUBLE";
    String range = "(" + (scaling.high() - scaling.low()) + ")::DOUBLE";
    String min = "min(" + x + ")" + over;
    String offset =
        switch (scaling.kind()) {
          case Z_SCORE -> "avg(" + x + ")" + over;
          case MIN_MAX -> min;
          case ROBUST -> "quantile_cont(" + x + ", 0.5)" + over;
          case MAX_ABS -> "0e0";
        };
    String scale =
        switch (scaling.kind()) {
          case Z_SCORE -> "stddev_pop(" + x + ")" + over;
          case MIN_MAX -> "(max(" + x + ")" + over + " - " + min + ") / " + range;
          case ROBUST ->
              "quantile_cont(" + x + ", 0.75)" + over + " - quantile_cont(" + x + ", 0.25)" + over;
          case MAX_ABS -> "max(abs(" + x + "))" + over;
        };
    String base = scaling.kind() == Scaling.Kind.MIN_MAX ? low : "0e0";
    String inner = "select rid, " + x + " x, " + offset + " o, " + scale + " s from t";
    String select =
        "select x, (x - o) / (case when s = 0 then 1e0 else s end) + "
            + base
            + " from ("
            + inner
            + ") order by rid";
    Expr[] more = new Expr[Math.max(0, by.length - 1)];
    for (int k = 1; k < by.length; k++) {
      more[k - 1] = Expr.col(by[k]);
    }
    Expr value = Expr.col(column);
    Expr scaled =
        by.length == 0 ? value.normalize(scaling) : value.normalize(scaling, Expr.col(by[0]), more);
    List<Object[]> ours = Cells.of(table.select(value.cast(Expr.F64).as("x"), scaled.as("y")));
    List<Object[]> theirs = check.db.query(select, List.of(Expr.F64, Expr.F64));
    // The difference from the mean loses digits, so near 0 the error is that of the parameters.
    for (int r = 0; r < Math.min(ours.size(), theirs.size()); r++) {
      if (ours.get(r)[1] instanceof Double a && theirs.get(r)[1] instanceof Double b) {
        ours.get(r)[1] = Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)) ? b : a;
      }
    }
    Cells.requireSame(ours, theirs, OracleCheck.exact(2), scaled + "\n" + select);
  }
}
