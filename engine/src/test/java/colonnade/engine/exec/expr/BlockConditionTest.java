package colonnade.engine.exec.expr;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.expr.BlockCondition.Verdict;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.store.ColumnStatistics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Verdicts on small random blocks against the rows themselves, in three-valued logic. */
class BlockConditionTest {
  private static final int BLOCKS = 20_000;
  private static final Schema SCHEMA =
      Schema.of(
          "i",
          DataType.I32,
          "d",
          DataType.DATE,
          "x",
          DataType.F64,
          "b",
          DataType.BOOL,
          "t",
          DataType.UTF8);
  private static final double[] DOUBLES = {
    -0.0, 0.0, Double.NaN, 1, 1.5, 2, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  @Test
  void neverContradictsTheRows() {
    long seed = Long.getLong("seed", 20_261_122L);
    Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
    for (int i = 0; i < BLOCKS; i++, seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<List<Object>> rows = rows(random);
      Expression condition = condition(random, 3);
      Verdict verdict = BlockCondition.of(condition, SCHEMA).on(column -> statistics(rows, column));
      seen.merge(verdict, 1, Integer::sum);
      long passing =
          rows.stream()
              .filter(
                  row -> Boolean.TRUE.equals(new RowInterpreter(SCHEMA, row).evaluate(condition)))
              .count();
      String what = "-Dseed=" + seed + ": " + condition + " on " + rows;
      if (verdict == Verdict.NONE) {
        assertThat(passing).as(what).isZero();
      } else if (verdict == Verdict.ALL) {
        assertThat(passing).as(what).isEqualTo(rows.size());
      }
    }
    assertThat(seen).as("all verdicts occur").hasSize(3);
  }

  @Test
  void decidesWhateverBoundsDecide() {
    ColumnStatistics known = longs(10, 0, 5, 9);
    assertThat(on(Function.LESS, 5, known)).isEqualTo(Verdict.NONE);
    assertThat(on(Function.LESS, 6, known)).isEqualTo(Verdict.SOME);
    assertThat(on(Function.LESS, 10, known)).isEqualTo(Verdict.ALL);
    assertThat(on(Function.EQUAL, 4, known)).isEqualTo(Verdict.NONE);
    assertThat(on(Function.EQUAL, 7, longs(10, 0, 7, 7))).isEqualTo(Verdict.ALL);
    assertThat(on(Function.NOT_EQUAL, 7, longs(10, 0, 7, 7))).isEqualTo(Verdict.NONE);
    assertThat(on(Function.LESS, 10, longs(10, 1, 5, 9))).as("a null").isEqualTo(Verdict.SOME);
    assertThat(on(Function.LESS, 10, longs(10, 10, 9, 5))).as("nulls").isEqualTo(Verdict.NONE);
    assertThat(on(Function.LESS, 10, null)).as("nothing known").isEqualTo(Verdict.SOME);
  }

  @Test
  void decidesListsOfConstants() {
    Expression in = in(4L, 20L);
    assertThat(on(in, longs(10, 0, 5, 9))).isEqualTo(Verdict.NONE);
    assertThat(on(not(in), longs(10, 0, 5, 9))).isEqualTo(Verdict.ALL);
    assertThat(on(not(in), longs(10, 1, 5, 9))).as("a null").isEqualTo(Verdict.SOME);
    assertThat(on(in, longs(10, 0, 5, 20))).isEqualTo(Verdict.SOME);
    assertThat(on(in, longs(10, 0, 20, 20))).isEqualTo(Verdict.ALL);
    assertThat(on(in(), longs(10, 0, 5, 9))).isEqualTo(Verdict.NONE);
    assertThat(on(not(in()), longs(10, 1, 5, 9))).as("a null").isEqualTo(Verdict.SOME);
  }

  private static Expression in(Long... constants) {
    return new Expression.InList(
        column("i"),
        Stream.of(constants).map(c -> new Expression.Literal(DataType.I64, c)).toList());
  }

  private static Expression not(Expression condition) {
    return Expression.Call.of(Function.NOT, condition);
  }

  private static Verdict on(Expression condition, ColumnStatistics known) {
    return BlockCondition.of(condition, SCHEMA).on(_ -> known);
  }

  @Test
  void findsNaNAmongValuesWithinBounds() {
    Expression below =
        compare(Function.LESS, column("x"), new Expression.Literal(DataType.F64, 9.0));
    BlockCondition condition = BlockCondition.of(below, SCHEMA);
    BlockCondition negated = BlockCondition.of(Expression.Call.of(Function.NOT, below), SCHEMA);
    assertThat(condition.on(_ -> doubles(4, 0))).isEqualTo(Verdict.ALL);
    assertThat(negated.on(_ -> doubles(4, 0))).isEqualTo(Verdict.NONE);
    assertThat(condition.on(_ -> doubles(4, 1))).isEqualTo(Verdict.SOME);
    assertThat(condition.on(_ -> doubles(4, 4))).isEqualTo(Verdict.NONE);
    assertThat(negated.on(_ -> doubles(4, 4))).isEqualTo(Verdict.ALL);
  }

  private static Verdict on(Function function, long constant, ColumnStatistics known) {
    Expression literal = new Expression.Literal(DataType.I64, constant);
    return BlockCondition.of(compare(function, column("i"), literal), SCHEMA).on(_ -> known);
  }

  private static ColumnStatistics longs(long rows, long nulls, long min, long max) {
    ColumnStatistics none = ColumnStatistics.EMPTY;
    return new ColumnStatistics(rows, nulls, 0, min, max, none.minDouble(), none.maxDouble());
  }

  private static ColumnStatistics doubles(long rows, long nans) {
    ColumnStatistics none = ColumnStatistics.EMPTY;
    boolean empty = rows == nans;
    return new ColumnStatistics(
        rows,
        0,
        nans,
        none.minLong(),
        none.maxLong(),
        empty ? none.minDouble() : 1,
        empty ? none.maxDouble() : 2);
  }

  private static List<List<Object>> rows(SplittableRandom random) {
    int base = random.nextInt(6);
    int width = random.nextInt(1, 4);
    int nullOneIn = random.nextInt(3) == 0 ? 1 : random.nextBoolean() ? 3 : 1_000;
    int firstDouble = random.nextInt(DOUBLES.length);
    int doubleCount = random.nextInt(1, 4);
    List<List<Object>> rows = new ArrayList<>();
    for (int r = random.nextInt(1, 6); r > 0; r--) {
      List<Object> row = new ArrayList<>();
      row.add((long) base + random.nextInt(width));
      row.add((long) base + random.nextInt(width));
      row.add(DOUBLES[(firstDouble + random.nextInt(doubleCount)) % DOUBLES.length]);
      row.add(random.nextInt(width) == 0);
      row.add("t" + random.nextInt(width));
      for (int c = 0; c < row.size(); c++) {
        if (random.nextInt(nullOneIn) == 0 && random.nextBoolean()) {
          row.set(c, null);
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private static ColumnStatistics statistics(List<List<Object>> rows, int column) {
    ColumnStatistics all = ColumnStatistics.EMPTY;
    for (List<Object> row : rows) {
      ColumnStatistics none = ColumnStatistics.EMPTY;
      Object value = row.get(column);
      Long number =
          value instanceof Boolean bool
              ? (Long) (bool ? 1L : 0L)
              : value instanceof Long n ? n : null;
      Double real = value instanceof Double d && !Double.isNaN(d) ? d : null;
      all =
          all.merge(
              new ColumnStatistics(
                  1,
                  value == null ? 1 : 0,
                  value instanceof Double d && Double.isNaN(d) ? 1 : 0,
                  number == null ? none.minLong() : number,
                  number == null ? none.maxLong() : number,
                  real == null ? none.minDouble() : real,
                  real == null ? none.maxDouble() : real));
    }
    return all;
  }

  private static Expression condition(SplittableRandom random, int depth) {
    if (depth > 0 && random.nextInt(3) > 0) {
      Expression first = condition(random, depth - 1);
      return switch (random.nextInt(3)) {
        case 0 -> Expression.Call.of(Function.NOT, first);
        case 1 -> Expression.Call.of(Function.AND, first, condition(random, depth - 1));
        default -> Expression.Call.of(Function.OR, first, condition(random, depth - 1));
      };
    }
    Expression integer = column(random.nextBoolean() ? "i" : "d");
    Expression any = column(SCHEMA.name(random.nextInt(SCHEMA.size())));
    return switch (random.nextInt(7)) {
      case 0 -> comparison(random, integer, constant(random, integer));
      case 1 -> comparison(random, constant(random, integer), integer);
      case 2 -> comparison(random, column("x"), real(random));
      case 3 ->
          Expression.Call.of(random.nextBoolean() ? Function.IS_NULL : Function.IS_NOT_NULL, any);
      case 4 -> Expression.Call.of(Function.IS_NAN, column("x"));
      case 5 ->
          new Expression.InList(
              integer,
              List.of(
                  (Expression.Literal) constant(random, integer),
                  (Expression.Literal) constant(random, integer)));
      default -> column("b");
    };
  }

  private static Expression comparison(SplittableRandom random, Expression a, Expression b) {
    Function[] all = {
      Function.EQUAL,
      Function.NOT_EQUAL,
      Function.LESS,
      Function.LESS_OR_EQUAL,
      Function.GREATER,
      Function.GREATER_OR_EQUAL
    };
    return compare(all[random.nextInt(all.length)], a, b);
  }

  private static Expression constant(SplittableRandom random, Expression beside) {
    DataType type = beside.equals(column("d")) ? DataType.DATE : DataType.I64;
    return new Expression.Literal(type, (long) random.nextInt(9));
  }

  private static Expression real(SplittableRandom random) {
    return random.nextInt(4) == 0
        ? new Expression.Literal(DataType.I64, (long) random.nextInt(3))
        : new Expression.Literal(DataType.F64, DOUBLES[random.nextInt(DOUBLES.length)]);
  }

  private static Expression compare(Function function, Expression a, Expression b) {
    return Expression.Call.of(function, a, b);
  }

  private static Expression column(String name) {
    return new Expression.Column(name);
  }
}
