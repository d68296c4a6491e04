package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.store.Vector;
import colonnade.error.ComputationException;
import colonnade.error.InvalidQueryException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What bound expressions promise beyond their values: copies, codes, nulls, and what runs. */
class BindingTest {
  private static final Schema SCHEMA =
      Schema.of("n", DataType.I64, "s", DataType.UTF8, "d", DataType.F64);

  private final QueryContext context = new QueryContext(QueryOptions.defaults());
  private final Arena arena = Arena.ofShared();
  private final Worker worker = new Worker(context, Kernels.scalar());
  private final Expression n = new Expression.Column("n");
  private final Expression s = new Expression.Column("s");

  @AfterEach
  void close() {
    context.close();
    arena.close();
  }

  @Test
  void handsOnColumnsWithoutACopy() {
    Batch batch = batch(true, row(1, "a"));
    assertThat(evaluate(s, batch)).isSameAs(batch.vector(1));
  }

  @Test
  void handsOnDoublesWithoutNanWithoutACopy() {
    Expression filled = call(Function.FILL_NAN, new Expression.Column("d"), real(7));
    for (int size : new int[] {1, 7, 8, 9, 64, 65, 200}) {
      List<Double> values = new ArrayList<>(Collections.nCopies(size, Double.NEGATIVE_INFINITY));
      values.set(size / 2, -0.0);
      Batch calm = doubles(values);
      assertThat(evaluate(filled, calm)).isSameAs(calm.vector(2));
      for (long nan : new long[] {0x7ff8_0000_0000_0000L, 0x7ff0_0000_0000_0001L, -1L}) {
        for (int at : new int[] {0, size / 2, size - 1}) {
          List<Double> some = new ArrayList<>(values);
          some.set(at, Double.longBitsToDouble(nan));
          Vector vector = evaluate(filled, doubles(some));
          some.set(at, 7.0);
          for (int i = 0; i < size; i++) {
            assertThat(vector.data().get(JAVA_DOUBLE_UNALIGNED, vector.dataOffset() + 8L * i))
                .isEqualTo(some.get(i));
          }
        }
      }
    }
  }

  @Test
  void hasNoValidityWhereNoNullCanOccur() {
    Batch batch = batch(true, row(1, "a"), row(2, "b"));
    assertThat(evaluate(call(Function.ADD, n, number(1)), batch).validity()).isNull();
    assertThat(evaluate(call(Function.UPPER, s), batch).validity()).isNull();
    assertThat(evaluate(call(Function.EQUAL, n, number(1)), batch).validity()).isNull();
    assertThat(evaluate(call(Function.COALESCE, s, text("x")), batch).validity()).isNull();
  }

  @Test
  void keepsTextCodedAndItsEntriesUnique() {
    Batch batch = batch(true, row(1, "a"), row(2, "A"), row(3, null), row(4, "b"));
    Vector upper = evaluate(call(Function.UPPER, s), batch);
    assertThat(upper.isCoded()).isTrue();
    assertThat(upper.dictionary().size()).isLessThan(batch.vector(1).dictionary().size());
    assertThat(upper.code(0)).isEqualTo(upper.code(1));
    assertThat(texts(upper, 4)).containsExactly("A", "A", null, "B");
  }

  @Test
  void sharesADerivedDictionaryAmongWorkers() {
    Batch batch = batch(true, row(1, "a"), row(2, "b"));
    Expression upper = call(Function.UPPER, s);
    Vector first = evaluate(upper, batch);
    Vector second =
        Binder.bind(upper, SCHEMA, new Worker(context, Kernels.scalar()))
            .evaluate(batch, batch.selection());
    assertThat(second.dictionary()).isSameAs(first.dictionary());
    Vector other = evaluate(call(Function.LOWER, s), batch);
    assertThat(other.dictionary()).isNotSameAs(first.dictionary());
  }

  @Test
  void followsADictionaryThatChanges() {
    BoundExpression upper = Binder.bind(call(Function.UPPER, s), SCHEMA, worker);
    Batch one = batch(true, row(1, "a"), row(2, "b"));
    Batch two = batch(true, row(1, "c"));
    assertThat(texts(upper.evaluate(one, one.selection()), 2)).containsExactly("A", "B");
    assertThat(texts(upper.evaluate(two, two.selection()), 1)).containsExactly("C");
    assertThat(texts(upper.evaluate(one, one.selection()), 2)).containsExactly("A", "B");
  }

  @Test
  void keepsAChoiceOfConstantsAndCodesCoded() {
    Expression choice =
        new Expression.Case(
            List.of(
                new Expression.Branch(call(Function.LESS, n, number(2)), text("few")),
                new Expression.Branch(call(Function.LESS, n, number(3)), text("b"))),
            s);
    Batch batch = batch(true, row(1, "a"), row(2, "x"), row(3, "b"), row(4, null));
    Vector chosen = evaluate(choice, batch);
    assertThat(texts(chosen, 4)).containsExactly("few", "b", "b", null);
    assertThat(chosen.isCoded()).isTrue();
    assertThat(chosen.code(1)).isEqualTo(chosen.code(2));
    Vector again =
        Binder.bind(choice, SCHEMA, new Worker(context, Kernels.scalar()))
            .evaluate(batch, batch.selection());
    assertThat(again.dictionary()).isSameAs(chosen.dictionary());
  }

  @Test
  void evaluatesABranchOnlyForTheRowsThatTakeIt() {
    Expression numeric = call(Function.MATCHES, s, text("^[0-9]+$"));
    Expression parsed = new Expression.Cast(s, DataType.I64, false);
    Expression choice =
        new Expression.Case(List.of(new Expression.Branch(numeric, parsed)), number(-1));
    for (boolean coded : new boolean[] {false, true}) {
      Batch batch = batch(coded, row(1, "12"), row(2, "none"), row(3, "7"));
      Vector values = evaluate(choice, batch);
      assertThat(values.longAt(0)).isEqualTo(12);
      assertThat(values.longAt(1)).isEqualTo(-1);
      assertThat(values.longAt(2)).isEqualTo(7);
      assertThatThrownBy(() -> evaluate(parsed, batch)).isInstanceOf(ComputationException.class);
    }
  }

  @Test
  void ignoresFailuresOfRowsThatAreNotKept() {
    Expression parsed = new Expression.Cast(s, DataType.I64, false);
    Expression product = call(Function.MULTIPLY, n, number(Long.MAX_VALUE));
    for (boolean coded : new boolean[] {false, true}) {
      Batch batch = batch(coded, row(5, "x"), row(1, "8"), row(null, null), row(7, "y"));
      batch.selection().rows()[0] = 1;
      batch.selection().rows()[1] = 2;
      batch.selection().setList(4, 2);
      assertThat(evaluate(parsed, batch).longAt(1)).isEqualTo(8);
      assertThat(evaluate(product, batch).longAt(1)).isEqualTo(Long.MAX_VALUE);
      batch.selection().setAll(4);
      assertThatThrownBy(() -> evaluate(product, batch))
          .isInstanceOf(ComputationException.class)
          .hasMessageContaining("overflows at row 1000: 5 * 9223372036854775807");
    }
  }

  @Test
  void narrowsBeforeItLooksAtWhatMayFail() {
    Expression parsed = new Expression.Cast(s, DataType.I64, false);
    Expression both =
        call(
            Function.AND,
            call(Function.GREATER, parsed, number(5)),
            call(Function.LESS, n, number(10)));
    Batch batch = batch(false, row(1, "6"), row(20, "x"), row(3, "4"));
    Binder.bindPredicate(both, SCHEMA, worker).narrow(batch, batch.selection());
    assertThat(TestBatch.rowsOf(batch.selection())).containsExactly(0);
  }

  @Test
  void computesOnlyOnceWhatADictionaryHoldsManyTimes() {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 4096; i++) {
      rows.add(row(i, i % 7 == 0 ? null : "k" + i % 300));
    }
    Batch batch = TestBatch.of(SCHEMA, rows, true, arena);
    Vector length = evaluate(call(Function.LENGTH, s), batch);
    for (int i = 0; i < 4096; i++) {
      assertThat(TestBatch.value(length, i))
          .isEqualTo(i % 7 == 0 ? null : (Object) (long) ("k" + i % 300).length());
    }
  }

  @Test
  void refusesAPatternThatIsNone() {
    assertThatThrownBy(() -> Binder.bind(call(Function.MATCHES, s, text("(")), SCHEMA, worker))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("'(' is no regular expression");
  }

  @Test
  void refusesWhatShouldHaveBeenRewritten() {
    Expression sum = new Expression.Aggregate(AggregateFunction.SUM, List.of(n), 0);
    assertThatThrownBy(() -> Binder.bind(sum, SCHEMA, worker))
        .isInstanceOf(InvalidQueryException.class);
  }

  private Vector evaluate(Expression expression, Batch batch) {
    return Binder.bind(expression, SCHEMA, worker).evaluate(batch, batch.selection());
  }

  @SafeVarargs
  private Batch batch(boolean coded, List<Object>... rows) {
    List<List<Object>> list = new ArrayList<>();
    for (List<Object> row : rows) {
      list.add(row);
    }
    return TestBatch.of(SCHEMA, list, coded, arena);
  }

  private Batch doubles(List<Double> values) {
    List<List<Object>> rows = new ArrayList<>();
    values.forEach(value -> rows.add(Arrays.asList(1L, "a", value)));
    return TestBatch.of(SCHEMA, rows, true, arena);
  }

  private static List<Object> row(Integer n, String s) {
    return Arrays.asList(n == null ? null : (Object) n.longValue(), s, 0.5);
  }

  private static List<Object> texts(Vector vector, int count) {
    List<Object> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(TestBatch.value(vector, i));
    }
    return texts;
  }

  private static Expression call(Function function, Expression... arguments) {
    return Expression.Call.of(function, arguments);
  }

  private static Expression number(long value) {
    return new Expression.Literal(DataType.I64, value);
  }

  private static Expression real(double value) {
    return new Expression.Literal(DataType.F64, value);
  }

  private static Expression text(String value) {
    return new Expression.Literal(DataType.UTF8, value);
  }
}
