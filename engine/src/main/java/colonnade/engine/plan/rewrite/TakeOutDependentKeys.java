package colonnade.engine.plan.rewrite;

import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys of a group-by that are constants, or computed from columns that are keys too, are computed
 * once for each group, in a projection above it: they tell no groups apart. At least one key stays,
 * since without keys no rows would be one group.
 *
 * <p>A key of floating point is neither taken out nor computed from: equal ones may differ in their
 * bits. Nor is what may be an error, which would be missed where a condition or a limit above
 * leaves the group out: see {@link NeverFails}.
 */
public final class TakeOutDependentKeys implements Rewrite {
  @Override
  public Plan apply(Plan plan) {
    Plan rebuilt = plan.mapInputs(this::apply);
    return rebuilt instanceof Plan.Aggregate aggregate ? takeOut(aggregate) : rebuilt;
  }

  private static Plan takeOut(Plan.Aggregate aggregate) {
    Map<String, Expression> handedOn = handedOn(aggregate);
    List<Named> kept = new ArrayList<>();
    List<Named> results = new ArrayList<>();
    for (Named key : aggregate.keys()) {
      Expression same = new Expression.Column(key.name());
      Expression computed = Conjunction.substitute(key.expression(), handedOn);
      boolean dependent = !computed.equals(same) && isDependent(key, aggregate, handedOn.keySet());
      if (!dependent) {
        kept.add(key);
      }
      results.add(new Named(key.name(), dependent ? computed : same));
    }
    if (kept.isEmpty() && !aggregate.keys().isEmpty()) {
      Named first = aggregate.keys().getFirst();
      kept.add(first);
      results.set(0, new Named(first.name(), new Expression.Column(first.name())));
    }
    if (kept.size() == aggregate.keys().size()) {
      return aggregate;
    }
    List<Field> fields = new ArrayList<>();
    kept.forEach(key -> fields.add(aggregate.schema().field(key.name())));
    for (Named each : aggregate.aggregates()) {
      fields.add(aggregate.schema().field(each.name()));
      results.add(new Named(each.name(), new Expression.Column(each.name())));
    }
    Plan fewer =
        new Plan.Aggregate(
            aggregate.input(), List.copyOf(kept), aggregate.aggregates(), new Schema(fields));
    return new Plan.Project(fewer, List.copyOf(results), aggregate.schema());
  }

  /** The columns that are keys, by their names in the input: what they are called in the result. */
  private static Map<String, Expression> handedOn(Plan.Aggregate aggregate) {
    Map<String, Expression> names = new HashMap<>();
    for (Named key : aggregate.keys()) {
      if (key.expression() instanceof Expression.Column column && !isFloating(key, aggregate)) {
        names.putIfAbsent(column.name(), new Expression.Column(key.name()));
      }
    }
    return names;
  }

  private static boolean isDependent(Named key, Plan.Aggregate aggregate, Set<String> handedOn) {
    return !isFloating(key, aggregate)
        && handedOn.containsAll(key.expression().columns())
        && NeverFails.in(key.expression(), aggregate.input().schema());
  }

  private static boolean isFloating(Named key, Plan.Aggregate aggregate) {
    return aggregate.schema().field(key.name()).type().isFloating();
  }
}
