package colonnade.engine.exec.expr;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Expression.Column;
import colonnade.engine.plan.Expression.Literal;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Typing;
import colonnade.error.ComputationException;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every function, cast and comparison on all pairs of edge values and nulls of every type it takes.
 * Rows with a value agree with the row interpreter; each row without one is an error.
 */
class EveryFunctionTest {
  private static final List<DataType> PAIRED =
      List.of(
          DataType.I8,
          DataType.I32,
          DataType.U32,
          DataType.I64,
          DataType.F32,
          DataType.F64,
          DataType.BOOL,
          DataType.DATE,
          DataType.TIMESTAMP_MICROS,
          DataType.UTF8,
          DataType.BINARY);

  @ParameterizedTest
  @EnumSource(Function.class)
  void agreesOnAllPairsOfEdges(Function function) {
    int combinations = 0;
    for (DataType a : DataType.values()) {
      for (DataType b : PAIRED) {
        Schema schema = Schema.of("a", a, "b", b);
        for (Expression call : calls(function)) {
          if (isTyped(call, schema) && (usesBoth(call) || b == DataType.I8)) {
            check(call, schema, pairs(a, b));
            combinations++;
          }
        }
      }
    }
    if (combinations == 0) {
      throw new AssertionError("no types for " + function);
    }
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void casts(DataType to) {
    for (DataType from : DataType.values()) {
      Schema schema = Schema.of("a", from, "b", DataType.BOOL);
      for (boolean lenient : new boolean[] {true, false}) {
        Expression cast = new Expression.Cast(new Column("a"), to, lenient);
        if (isTyped(cast, schema)) {
          check(cast, schema, pairs(from, DataType.BOOL));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void comparesWithConstants(DataType type) {
    Schema schema = Schema.of("a", type, "b", DataType.BOOL);
    List<List<Object>> rows = pairs(type, DataType.BOOL);
    for (DataType other : PAIRED) {
      for (Object edge : Values.edges(other)) {
        for (Function function :
            List.of(
                Function.EQUAL,
                Function.NOT_EQUAL,
                Function.LESS,
                Function.LESS_OR_EQUAL,
                Function.GREATER,
                Function.GREATER_OR_EQUAL)) {
          Literal constant = new Literal(other, edge);
          Expression test = Expression.Call.of(function, new Column("a"), constant);
          if (isTyped(test, schema)) {
            checkOnce(Expression.Call.of(Function.NOT, test), schema, rows);
            checkOnce(Expression.Call.of(function, constant, new Column("a")), schema, rows);
          }
        }
      }
    }
  }

  @Test
  void namesTheValueTheExpressionAndTheRowOfAnError() {
    Schema schema = Schema.of("a", DataType.UTF8);
    List<List<Object>> rows = List.of(List.of("1"), List.of("two"));
    Expression cast = new Expression.Cast(new Column("a"), DataType.I64, false);
    assertThatThrownBy(() -> Checks.evaluate(cast, schema, rows))
        .isInstanceOf(ComputationException.class)
        .hasMessageContaining("'two' is no i64 at row 1001 of cast(a as i64)");
  }

  private static List<Expression> calls(Function function) {
    Expression a = new Column("a");
    Expression b = new Column("b");
    List<Expression> calls = new ArrayList<>();
    switch (function) {
      case ROUND -> {
        for (long decimals : new long[] {0, 1, 2, 15, 400, -1, -2, -18, -19, -20}) {
          calls.add(Expression.Call.of(function, a, new Literal(DataType.I64, decimals)));
        }
      }
      case SUBSTRING -> {
        calls.add(Expression.Call.of(function, a, new Literal(DataType.I64, 1L), b));
        calls.add(Expression.Call.of(function, a, b, new Literal(DataType.I64, 2L)));
      }
      case REPLACE -> {
        calls.add(Expression.Call.of(function, a, b, new Literal(DataType.UTF8, "<>")));
        calls.add(Expression.Call.of(function, a, new Literal(DataType.UTF8, "a"), b));
      }
      case PAD_START, PAD_END ->
          calls.add(Expression.Call.of(function, a, new Literal(DataType.I64, 7L), b));
      case MATCHES ->
          calls.add(Expression.Call.of(function, a, new Literal(DataType.UTF8, "^[a-c]+|ä$")));
      case TRUNCATE_TIME -> {
        for (String unit : RandomExpressions.UNITS) {
          calls.add(Expression.Call.of(function, a, new Literal(DataType.UTF8, unit)));
        }
      }
      case OFFSET_TIME -> {
        for (String unit : RandomExpressions.UNITS) {
          calls.add(Expression.Call.of(function, a, b, new Literal(DataType.UTF8, unit)));
        }
      }
      default -> {
        calls.add(Expression.Call.of(function, a));
        calls.add(Expression.Call.of(function, a, b));
      }
    }
    return calls;
  }

  private static boolean usesBoth(Expression call) {
    return call.children().contains(new Column("b"));
  }

  private static boolean isTyped(Expression expression, Schema schema) {
    try {
      return Typing.typeOf(expression, schema) != null;
    } catch (TypeMismatchException | InvalidQueryException e) {
      return false;
    }
  }

  private static List<List<Object>> pairs(DataType a, DataType b) {
    List<List<Object>> pairs = new ArrayList<>();
    for (Object x : withNull(a)) {
      for (Object y : withNull(b)) {
        pairs.add(Arrays.asList(x, y));
      }
    }
    return pairs;
  }

  private static List<Object> withNull(DataType type) {
    List<Object> values = new ArrayList<>(Values.edges(type));
    values.add(null);
    return values;
  }

  private static void checkOnce(Expression expression, Schema schema, List<List<Object>> rows) {
    for (boolean coded : new boolean[] {false, true}) {
      if (!coded || schema.type(0).isVariable()) {
        Checks.agree(
            expression, expression, schema, rows, Kernels.scalar(), coded, TestBatch.Kept.ALL);
      }
    }
  }

  private static void check(Expression expression, Schema schema, List<List<Object>> rows) {
    List<List<Object>> good = new ArrayList<>();
    List<List<Object>> bad = new ArrayList<>();
    for (List<Object> row : rows) {
      try {
        new RowInterpreter(schema, row).evaluate(expression);
        good.add(row);
      } catch (RowInterpreter.NoValue e) {
        bad.add(row);
      }
    }
    Checks.agreeInSome(expression, schema, good);
    for (int i = 0; i < bad.size(); i += 1 + bad.size() / 8) {
      List<List<Object>> one = List.of(bad.get(i));
      assertThatThrownBy(() -> Checks.evaluate(expression, schema, one))
          .as(ExpressionText.of(expression) + " of " + bad.get(i))
          .isInstanceOf(ComputationException.class);
    }
  }
}
