package colonnade;

import colonnade.engine.plan.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition that waits for its value: {@code when(a).then(x).when(b).then(y).otherwise(z)}. The
 * first condition that is true decides; one that is false or null does not. An immutable value.
 */
public final class When {
  private final List<Expression.Branch> branches;
  private final Expr condition;

  When(List<Expression.Branch> branches, Expr condition) {
    this.branches = branches;
    this.condition = condition;
  }

  /** The value where the condition is true: an {@link Expr} or a constant. */
  public Then then(@Nullable Object value) {
    List<Expression.Branch> longer = new ArrayList<>(branches);
    longer.add(new Expression.Branch(condition.input(), Literals.operand(value)));
    return new Then(List.copyOf(longer));
  }

  /** Conditions with their values, to be ended by {@link #otherwise} or {@link #otherwiseNull}. */
  public static final class Then {
    private final List<Expression.Branch> branches;

    private Then(List<Expression.Branch> branches) {
      this.branches = branches;
    }

    /** Another condition, looked at where none before was true. */
    public When when(Expr condition) {
      return new When(branches, condition);
    }

    /** The value where no condition was true: an {@link Expr} or a constant. */
    public Expr otherwise(@Nullable Object value) {
      return new Expr(new Expression.Case(branches, Literals.operand(value)));
    }

    /** Null where no condition was true. */
    public Expr otherwiseNull() {
      return new Expr(new Expression.Case(branches, null));
    }
  }
}
