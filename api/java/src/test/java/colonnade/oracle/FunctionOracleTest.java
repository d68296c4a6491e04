package colonnade.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.Table;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every function gives what DuckDB gives, on columns and constants of every type it takes. */
class FunctionOracleTest {
  private static final int CALLS_PER_QUERY = 25;

  @TempDir Path folder;

  @Test
  void everyFunctionAgreesWithDuckDb() {
    try (OracleCheck check = new OracleCheck(folder)) {
      OracleTable data = RandomTables.of(RandomTables.everyType(), 400, check.random);
      check.everyStorage(data, (table, same) -> everyFunction(check, table, same));
    }
  }

  @Test
  void everyFunctionAgreesOnNoRowAndOnOne() {
    try (OracleCheck check = new OracleCheck(folder)) {
      for (int rows : new int[] {0, 1}) {
        OracleTable data = RandomTables.of(RandomTables.everyType(), rows, check.random);
        check.oneStorage(data, (table, same) -> everyFunction(check, table, same));
      }
    }
  }

  /** Tries all, so that one failure tells of every function that differs. */
  private static void everyFunction(OracleCheck check, Table table, OracleTable data) {
    List<String> failures = new ArrayList<>();
    for (Function function : Function.values()) {
      List<Expression> all = FunctionCases.of(function);
      assertThat(all).as(function.label()).isNotEmpty();
      for (int from = 0; from < all.size(); from += CALLS_PER_QUERY) {
        List<Expression> some = all.subList(from, Math.min(all.size(), from + CALLS_PER_QUERY));
        Cells.Nearness nearness = FunctionCases.nearness(function);
        try {
          check.values(table, data, some, Collections.nCopies(some.size(), nearness));
        } catch (AssertionError | RuntimeException e) {
          failures.add(function.label() + ": " + e + (e.getCause() == null ? "" : e.getCause()));
        }
      }
    }
    assertThat(failures).isEmpty();
  }
}
