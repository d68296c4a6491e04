package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Binds functions of text and comparisons of text or binary. */
final class TextBinding {
  private TextBinding() {}

  /**
   * A call.
   *
   * @param function that of {@code call}, or the comparison to make of its arguments
   * @param type the result's type
   */
  static BoundExpression bind(
      Expression.Call call, Function function, DataType type, Binding binding) {
    List<Object> identity = new ArrayList<>();
    identity.add(function);
    List<BoundExpression> inputs = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      BoundExpression bound = binding.bind(argument, DataType.UTF8);
      if (bound instanceof ConstantExpression constant) {
        Object value = constant.value();
        if (value == null) {
          return new ConstantExpression(type, null, binding.worker);
        }
        identity.add(value);
      } else {
        identity.add(inputs.size());
      }
      inputs.add(bound.type().isVariable() ? bound : Widening.toLong(bound, binding.worker));
    }
    TextOperation operation =
        function == Function.MATCHES
            ? TextFunctions.matches(pattern(call))
            : TextFunctions.of(function);
    return new TextCall(
        List.copyOf(identity),
        operation,
        type,
        inputs,
        false,
        ExpressionText.of(call),
        binding.worker);
  }

  private static Pattern pattern(Expression.Call call) {
    return Pattern.compile(
        call.arguments().get(1) instanceof Expression.Literal literal
                && literal.value() instanceof String regex
            ? regex
            : "");
  }
}
