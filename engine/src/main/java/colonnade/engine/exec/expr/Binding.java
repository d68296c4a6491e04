package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.Worker;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Typing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@link Binder} call at work: the schema, the worker, and the way down the tree. */
final class Binding {
  final Schema schema;
  final Worker worker;

  Binding(Schema schema, Worker worker) {
    this.schema = schema;
    this.worker = worker;
  }

  /** The type of {@code expression}; null only for a literal null. */
  @Nullable DataType typeOf(Expression expression) {
    return Typing.typeOf(expression, schema);
  }

  /** {@code expression}; {@code ifUntyped} is the type that a literal null takes. */
  BoundExpression bind(Expression expression, DataType ifUntyped) {
    DataType type = typeOf(expression);
    if (type == null) {
      return new ConstantExpression(ifUntyped, null, worker);
    }
    return switch (expression) {
      case Expression.Column column -> {
        int index = schema.indexOf(column.name());
        yield new ColumnExpression(index, schema.type(index));
      }
      case Expression.Literal literal -> new ConstantExpression(type, literal.value(), worker);
      case Expression.Alias alias -> bind(alias.input(), ifUntyped);
      case Expression.Call call -> new FunctionBinding(this, call, type).bind();
      case Expression.Cast cast ->
          Casts.bind(
              bind(cast.input(), cast.type()),
              cast.type(),
              cast.lenient(),
              ExpressionText.of(cast),
              worker);
      case Expression.Case choice -> ChoiceBinding.bind(choice, type, this);
      case Expression.InList in -> MembershipBinding.bind(in, this);
      case Expression.Aggregate _, Expression.Normalize _ ->
          throw new IllegalStateException(
              ExpressionText.of(expression) + " should have been rewritten to a column");
    };
  }

  /** {@code expression} in {@code wanted}, a type that holds all its values. */
  BoundExpression bindAs(Expression expression, DataType wanted) {
    BoundExpression bound = bind(expression, wanted);
    return bound.type() == wanted
        ? bound
        : Casts.bind(bound, wanted, false, ExpressionText.of(expression), worker);
  }

  /** All of {@code expressions}, each in {@code wanted}. */
  List<BoundExpression> bindAllAs(List<Expression> expressions, DataType wanted) {
    List<BoundExpression> bound = new ArrayList<>();
    for (Expression expression : expressions) {
      bound.add(bindAs(expression, wanted));
    }
    return bound;
  }
}
