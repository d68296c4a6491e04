package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Function;
import java.util.ArrayList;
import java.util.List;

/** Binds "is one of these constants". Constants that the value's type cannot hold are left out. */
final class MembershipBinding {
  private MembershipBinding() {}

  /** The condition {@code in}. */
  static BoundExpression bind(Expression.InList in, Binding binding) {
    BoundExpression input = binding.bind(in.input(), DataType.BOOL);
    if (input instanceof ConstantExpression constant && constant.value() == null) {
      return new ConstantExpression(DataType.BOOL, null, binding.worker);
    }
    DataType type = input.type();
    if (type.isVariable()) {
      return text(in, input, binding);
    }
    List<Range> ranges = new ArrayList<>();
    for (Expression.Literal literal : in.values()) {
      Object value = literal.value();
      DataType constantType = literal.type();
      if (value != null && constantType != null) {
        ranges.add(Range.of(type, Function.EQUAL, constantType, value));
      }
    }
    return new Membership(input, ranges, binding.worker);
  }

  private static BoundExpression text(
      Expression.InList in, BoundExpression input, Binding binding) {
    ByteSet constants = new ByteSet();
    for (Expression.Literal literal : in.values()) {
      Object value = literal.value();
      if (value != null) {
        byte[] bytes = ConstantExpression.bytesOf(value);
        constants.add(bytes, bytes.length);
      }
    }
    TextOperation contains = a -> constants.contains(a.text(0).bytes(), a.text(0).length()) ? 1 : 0;
    return new TextCall(
        List.of("in", in.values()),
        contains,
        DataType.BOOL,
        List.of(input),
        false,
        ExpressionText.of(in),
        binding.worker);
  }
}
