package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.exec.op.CollectSink;
import colonnade.engine.exec.op.JoinOperator;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.JoinKind;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.Typing;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the second input of a {@link Plan.Join} in memory and continues the pipeline of the first
 * with the join.
 */
final class JoinStep {
  private JoinStep() {}

  /** The pipeline of the join's rows. */
  static Pipeline of(QueryContext context, Plan.Join join, Pipeline right, Pipeline left) {
    List<DataType> keyTypes = new ArrayList<>();
    for (int k = 0; k < join.leftKeys().size(); k++) {
      keyTypes.add(
          Typing.keyType(
              join.leftKeys().get(k), left.schema(), join.rightKeys().get(k), right.schema()));
    }
    List<Expression> buildColumns = keys(join.rightKeys(), right.schema(), keyTypes);
    join.rightColumns().forEach(name -> buildColumns.add(new Expression.Column(name)));
    Schema buildSchema = KeySchema.of(right.schema(), buildColumns, "build");
    CollectSink rows = new CollectSink(buildSchema, context.memory().region(), Long.MAX_VALUE);
    Driver.run(context, Compiler.project(right, buildColumns, buildSchema), rows);
    JoinBuild build =
        JoinBuild.of(context, buildSchema, keyTypes.size(), join.nullsEqual(), rows.rows());
    return probe(left, join.leftKeys(), keyTypes, build, join.kind(), join.schema());
  }

  /**
   * {@code left} joined with {@code build}; the columns are then those of {@code result}, which
   * starts with the left's.
   */
  static Pipeline probe(
      Pipeline left,
      List<Expression> leftKeys,
      List<DataType> keyTypes,
      JoinBuild build,
      JoinKind kind,
      Schema result) {
    List<Expression> columns = new ArrayList<>();
    left.schema().names().forEach(name -> columns.add(new Expression.Column(name)));
    columns.addAll(keys(leftKeys, left.schema(), keyTypes));
    Schema withKeys = KeySchema.of(left.schema(), columns, "probe");
    List<DataType> types = result.fields().stream().map(Field::type).toList();
    return Compiler.project(left, columns, withKeys)
        .then(JoinOperator.of(build, kind, types, left.schema().size(), keyTypes.size()), result);
  }

  /** {@code keys} cast to the types in which the sides compare. */
  private static List<Expression> keys(List<Expression> keys, Schema schema, List<DataType> types) {
    List<Expression> cast = new ArrayList<>();
    for (int k = 0; k < keys.size(); k++) {
      boolean same = types.get(k) == Typing.typeOf(keys.get(k), schema);
      cast.add(same ? keys.get(k) : cast(keys.get(k), schema, types.get(k)));
    }
    return cast;
  }

  private static Expression cast(Expression key, Schema schema, DataType type) {
    DataType from = Typing.typeOf(key, schema);
    if (type != DataType.I64 || from == null || !from.isFloating()) {
      return new Expression.Cast(key, type, false);
    }
    // A number that is no i64 equals none: it becomes null, which no key equals.
    Expression whole =
        Expression.Call.of(Function.EQUAL, key, Expression.Call.of(Function.FLOOR, key));
    Expression above = Expression.Call.of(Function.GREATER_OR_EQUAL, key, number(-0x1p63));
    Expression below = Expression.Call.of(Function.LESS, key, number(0x1p63));
    Expression holds =
        Expression.Call.of(Function.AND, whole, Expression.Call.of(Function.AND, above, below));
    Expression exact = new Expression.Cast(key, type, true);
    return new Expression.Case(List.of(new Expression.Branch(holds, exact)), null);
  }

  private static Expression number(double value) {
    return new Expression.Literal(DataType.F64, value);
  }
}
