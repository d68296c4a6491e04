package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds conditions as predicates. A predicate keeps the rows for which its condition is true, or
 * those for which it is false: so "not" turns the wanted value round, and "and" and "or" become one
 * after another or one beside another, in three-valued logic as it should be.
 */
final class PredicateBinding {
  private static final int CHEAP = 0;
  private static final int MEMBERSHIP = 1;
  private static final int COSTLY = 2;

  private final Binding binding;

  PredicateBinding(Binding binding) {
    this.binding = binding;
  }

  /** The rows for which {@code condition} is {@code wanted}. */
  BoundPredicate bind(Expression condition, boolean wanted) {
    if (condition instanceof Expression.Alias alias) {
      return bind(alias.input(), wanted);
    }
    if (condition instanceof Expression.Call call) {
      switch (call.function()) {
        case NOT -> {
          return bind(call.arguments().get(0), !wanted);
        }
        case AND, OR -> {
          List<Expression> parts = new ArrayList<>();
          flatten(call, call.function(), parts);
          return (call.function() == Function.AND) == wanted
              ? conjunction(parts, wanted)
              : new Disjunction(parts.stream().map(part -> bind(part, wanted)).toList());
        }
        case NOT_EQUAL -> {
          DataType type = binding.typeOf(call.arguments().get(0));
          if (type != null && type.isVariable()) {
            return bind(new Expression.Call(Function.EQUAL, call.arguments()), !wanted);
          }
          return bindComparison(call, wanted);
        }
        case IS_NULL, IS_NOT_NULL -> {
          boolean wantNull = (call.function() == Function.IS_NULL) == wanted;
          return new NullPredicate(
              binding.bind(call.arguments().get(0), DataType.BOOL), wantNull, kernels());
        }
        default -> {
          return bindComparison(call, wanted);
        }
      }
    }
    return bindValue(condition, wanted);
  }

  /** A call that is one range if it compares with a constant. */
  private BoundPredicate bindComparison(Expression.Call call, boolean wanted) {
    RangeTest test = rangeTest(call);
    return test == null
        ? bindValue(call, wanted)
        : new RangePredicate(
            binding.bind(test.input, test.type),
            wanted ? test.range : test.range.opposite(),
            kernels());
  }

  private BoundPredicate bindValue(Expression condition, boolean wanted) {
    BoundExpression bound = binding.bind(condition, DataType.BOOL);
    return switch (bound) {
      case TextCall call -> new TextPredicate(call, wanted);
      case Membership membership -> new MembershipPredicate(membership, wanted);
      case Comparison comparison -> new ComparisonPredicate(comparison, wanted);
      default -> new BooleanPredicate(bound, wanted, kernels());
    };
  }

  private Kernels kernels() {
    return binding.worker.kernels();
  }

  /** A comparison with a constant. */
  private record RangeTest(Expression input, DataType type, Range range) {}

  private static void flatten(Expression part, Function function, List<Expression> parts) {
    if (part instanceof Expression.Call call && call.function() == function) {
      call.arguments().forEach(argument -> flatten(argument, function, parts));
    } else {
      parts.add(part);
    }
  }

  /** Ranges of the same value are one range; what is cheap runs first. */
  private BoundPredicate conjunction(List<Expression> parts, boolean wanted) {
    Map<Expression, RangeTest> ranges = new LinkedHashMap<>();
    List<List<BoundPredicate>> byCost =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Expression part : parts) {
      RangeTest test = wanted && part instanceof Expression.Call call ? rangeTest(call) : null;
      RangeTest before = test == null ? null : ranges.get(test.input);
      Range both = test == null || before == null ? null : before.range.and(test.range);
      if (test != null && before == null) {
        ranges.put(test.input, test);
      } else if (test != null && both != null) {
        ranges.put(test.input, new RangeTest(test.input, test.type, both));
      } else {
        byCost.get(cost(part)).add(bind(part, wanted));
      }
    }
    for (RangeTest test : ranges.values()) {
      byCost
          .get(test.input instanceof Expression.Column ? CHEAP : COSTLY)
          .add(new RangePredicate(binding.bind(test.input, test.type), test.range, kernels()));
    }
    return new Conjunction(byCost.stream().flatMap(List::stream).toList());
  }

  private int cost(Expression part) {
    if (part instanceof Expression.InList in && in.input() instanceof Expression.Column column) {
      return binding.schema.field(column.name()).type().isVariable() ? COSTLY : MEMBERSHIP;
    }
    return isNullTest(part) ? CHEAP : COSTLY;
  }

  private static boolean isNullTest(Expression part) {
    return part instanceof Expression.Call call
        && (call.function() == Function.IS_NULL || call.function() == Function.IS_NOT_NULL)
        && call.arguments().get(0) instanceof Expression.Column;
  }

  /** {@code call} as a range of one of its arguments, or null. */
  private @Nullable RangeTest rangeTest(Expression.Call call) {
    switch (call.function()) {
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {}
      default -> {
        return null;
      }
    }
    Expression left = call.arguments().get(0);
    Expression right = call.arguments().get(1);
    if (left instanceof Expression.Literal && !(right instanceof Expression.Literal)) {
      return rangeTest(Comparison.swapped(call.function()), right, left);
    }
    return rangeTest(call.function(), left, right);
  }

  private @Nullable RangeTest rangeTest(Function function, Expression input, Expression constant) {
    DataType type = binding.typeOf(input);
    if (type == null
        || type.isVariable()
        || !(constant instanceof Expression.Literal literal)
        || literal.type() == null
        || literal.value() == null) {
      return null;
    }
    return new RangeTest(input, type, Range.of(type, function, literal.type(), literal.value()));
  }
}
