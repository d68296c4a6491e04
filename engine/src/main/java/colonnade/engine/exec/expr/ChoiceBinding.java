package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.plan.Expression;
import java.util.ArrayList;
import java.util.List;

/** Binds "when … then … otherwise". */
final class ChoiceBinding {
  private ChoiceBinding() {}

  /** The expression {@code choice}, whose type is {@code type}. */
  static BoundExpression bind(Expression.Case choice, DataType type, Binding binding) {
    List<BoundPredicate> conditions = new ArrayList<>();
    List<BoundExpression> values = new ArrayList<>();
    for (Expression.Branch branch : choice.branches()) {
      conditions.add(new PredicateBinding(binding).bind(branch.condition(), true));
      values.add(binding.bindAs(branch.value(), type));
    }
    Expression otherwise = choice.otherwise();
    return new CaseExpression(
        type,
        conditions,
        values,
        otherwise == null ? null : binding.bindAs(otherwise, type),
        binding.worker);
  }
}
