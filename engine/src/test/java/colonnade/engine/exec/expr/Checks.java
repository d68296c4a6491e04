package colonnade.engine.exec.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Typing;
import colonnade.engine.store.Vector;
import colonnade.error.ComputationException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Compares the engine with {@link RowInterpreter}, bit by bit, in every layout and selection. */
final class Checks {
  private Checks() {}

  /** Every kernel set there is here. */
  static List<Kernels> kernelSets() {
    return Stream.concat(Stream.of(Kernels.scalar()), Kernels.simd().stream()).toList();
  }

  /** Checks {@code expression}, as a value and, if it is a condition, as a predicate too. */
  static void agree(Expression expression, Schema schema, List<List<Object>> rows) {
    for (Kernels kernels : kernelSets()) {
      for (boolean coded : new boolean[] {false, true}) {
        for (TestBatch.Kept kept : TestBatch.Kept.values()) {
          agree(expression, expression, schema, rows, kernels, coded, kept);
        }
      }
    }
  }

  /** As {@link #agree(Expression, Schema, List)}, in a few layouts and selections. */
  static void agreeInSome(Expression expression, Schema schema, List<List<Object>> rows) {
    for (Kernels kernels : kernelSets()) {
      agree(expression, expression, schema, rows, kernels, false, TestBatch.Kept.ALL);
    }
    Kernels scalar = Kernels.scalar();
    agree(expression, expression, schema, rows, scalar, true, TestBatch.Kept.BITMAP);
    agree(expression, expression, schema, rows, scalar, false, TestBatch.Kept.SPARSE_LIST);
  }

  /** Evaluates {@code expression} for all of {@code rows}, and forgets the values. */
  static void evaluate(Expression expression, Schema schema, List<List<Object>> rows) {
    try (QueryContext context = new QueryContext(QueryOptions.defaults().withBatchRows(64));
        Arena arena = Arena.ofConfined()) {
      Batch batch = TestBatch.of(schema, rows, false, arena);
      Worker worker = new Worker(context, Kernels.scalar());
      Binder.bind(expression, schema, worker).evaluate(batch, batch.selection());
    }
  }

  /** Checks {@code run}, which must give what {@code expression} means. */
  static void agree(
      Expression run,
      Expression expression,
      Schema schema,
      List<List<Object>> rows,
      Kernels kernels,
      boolean coded,
      TestBatch.Kept kept) {
    int batchRows = Math.max(64, (rows.size() + 63) / 64 * 64);
    String place =
        ExpressionText.of(run) + ", coded " + coded + ", kept " + kept + ", " + rows.size();
    try (QueryContext context = new QueryContext(QueryOptions.defaults().withBatchRows(batchRows));
        Arena arena = Arena.ofConfined()) {
      Worker worker = new Worker(context, kernels);
      Batch batch = TestBatch.of(schema, rows, coded, arena);
      int[] keptRows = TestBatch.keep(batch.selection(), kept);
      List<Object> expected = new ArrayList<>();
      boolean mayFail = false;
      for (int row : keptRows) {
        try {
          expected.add(new RowInterpreter(schema, rows.get(row)).evaluate(expression));
        } catch (RowInterpreter.NoValue e) {
          mayFail = true;
          expected.add(e);
        }
      }
      checkValues(run, schema, worker, batch, keptRows, expected, mayFail, place);
      if (Typing.typeOf(expression, schema) == DataType.BOOL) {
        TestBatch.keep(batch.selection(), kept);
        checkPredicate(run, schema, worker, batch, keptRows, expected, mayFail, place);
      }
    }
  }

  private static void checkValues(
      Expression expression,
      Schema schema,
      Worker worker,
      Batch batch,
      int[] keptRows,
      List<Object> expected,
      boolean mayFail,
      String place) {
    BoundExpression bound = Binder.bind(expression, schema, worker);
    assertThat(bound.type()).as(place).isEqualTo(Typing.typeOf(expression, schema));
    // Twice, because memory is reused.
    for (int time = 0; time < 2; time++) {
      Selection rows = batch.selection();
      Vector vector;
      try {
        vector = bound.evaluate(batch, rows);
      } catch (ComputationException e) {
        if (!mayFail) {
          throw new AssertionError(place + ": " + e.getMessage(), e);
        }
        return;
      }
      // What fails may stand beside what is null anyway, so that nobody looks at it.
      assertThat(vector.type()).as(place).isEqualTo(bound.type());
      assertThat(TestBatch.rowsOf(rows)).as(place).isEqualTo(keptRows);
      for (int k = 0; k < keptRows.length; k++) {
        Object actual = TestBatch.value(vector, keptRows[k]);
        if (!(expected.get(k) instanceof RowInterpreter.NoValue)
            && !same(actual, expected.get(k))) {
          fail(
              place
                  + ", row "
                  + keptRows[k]
                  + ": "
                  + shown(actual)
                  + " instead of "
                  + shown(expected.get(k)));
        }
      }
    }
  }

  private static void checkPredicate(
      Expression expression,
      Schema schema,
      Worker worker,
      Batch batch,
      int[] keptRows,
      List<Object> expected,
      boolean mayFail,
      String place) {
    BoundPredicate predicate = Binder.bindPredicate(expression, schema, worker);
    try {
      predicate.narrow(batch, batch.selection());
    } catch (ComputationException e) {
      if (!mayFail) {
        throw new AssertionError(place + ": " + e.getMessage(), e);
      }
      return;
    }
    if (mayFail) {
      // A part that is false before may have kept the failing part from being looked at.
      return;
    }
    int[] wanted =
        IntStream.range(0, keptRows.length)
            .filter(k -> Boolean.TRUE.equals(expected.get(k)))
            .map(k -> keptRows[k])
            .toArray();
    assertThat(TestBatch.rowsOf(batch.selection())).as(place).isEqualTo(wanted);
    assertThat(batch.selection().count()).as(place).isEqualTo(wanted.length);
  }

  /** Bit for bit, but any NaN is NaN. */
  static boolean same(Object a, Object b) {
    if (a instanceof byte[] x && b instanceof byte[] y) {
      return Arrays.equals(x, y);
    }
    return Objects.equals(a, b);
  }

  private static String shown(Object value) {
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : "'" + value + "'";
  }
}
