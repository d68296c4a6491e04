package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.Source;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.Typing;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Dictionary;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on what an expression can give, from the bounds of columns and what functions do: an hour
 * is 0 to 23. Null where nothing is known; bounds may be wider than the values. Pure functions.
 */
public final class KeyDomains {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private KeyDomains() {}

  /** The domain of a column of {@code source}: its dictionary, or its statistics' bounds. */
  public static @Nullable KeyDomain ofColumn(Source source, int column) {
    DataType type = source.schema().type(column);
    if (type.isVariable()) {
      Dictionary dictionary = source.dictionary(column);
      return dictionary == null ? null : KeyDomain.of(dictionary);
    }
    ColumnStatistics statistics = source.statistics(column);
    return type.isIntegral() && statistics != null && statistics.hasLongRange()
        ? KeyDomain.of(statistics.minLong(), statistics.maxLong())
        : ofType(type);
  }

  /**
   * The domain of {@code expression} over the rows of {@code plan}, found by following columns down
   * to their sources. Steps that keep rows in memory keep bounds, but no dictionaries.
   */
  public static @Nullable KeyDomain of(Expression expression, Plan plan) {
    return of(expression, plan.schema(), name -> ofColumn(plan, name));
  }

  private static @Nullable KeyDomain ofColumn(Plan plan, String name) {
    return switch (plan) {
      case Plan.Scan scan -> ofColumn(scan.source(), scan.source().schema().indexOf(name));
      case Plan.Filter filter -> ofColumn(filter.input(), name);
      case Plan.Project project -> {
        for (Named named : project.expressions()) {
          if (named.name().equals(name)) {
            yield of(named.expression(), project.input());
          }
        }
        yield null;
      }
      case Plan.Normalize normalize ->
          normalize.input().schema().contains(name) ? ofColumn(normalize.input(), name) : null;
      case Plan.Sort sort -> {
        KeyDomain domain = ofColumn(sort.input(), name);
        yield sort.inOrder() ? domain : bounds(domain);
      }
      case Plan.Limit limit -> bounds(ofColumn(limit.input(), name));
      case Plan.Distinct distinct -> bounds(ofColumn(distinct.input(), name));
      case Plan.Aggregate aggregate -> {
        for (Named key : aggregate.keys()) {
          if (key.name().equals(name)) {
            yield bounds(of(key.expression(), aggregate.input()));
          }
        }
        yield null;
      }
      case Plan.Join join ->
          join.left().schema().contains(name) ? bounds(ofColumn(join.left(), name)) : null;
    };
  }

  private static @Nullable KeyDomain bounds(@Nullable KeyDomain domain) {
    return domain == null || domain.dictionary() != null ? null : domain;
  }

  /**
   * The domain of {@code expression} over rows of {@code schema}.
   *
   * @param columns the domain of a column by its name, or null
   */
  public static @Nullable KeyDomain of(
      Expression expression, Schema schema, Function<String, @Nullable KeyDomain> columns) {
    return switch (expression) {
      case Expression.Column column -> {
        KeyDomain known = columns.apply(column.name());
        yield known != null ? known : ofType(schema.field(column.name()).type());
      }
      case Expression.Alias alias -> of(alias.input(), schema, columns);
      case Expression.Literal literal ->
          literal.value() instanceof Long value ? KeyDomain.of(value, value) : null;
      case Expression.InList _ -> KeyDomain.of(0, 1);
      case Expression.Cast cast -> ofCast(cast, schema, columns);
      case Expression.Call call -> {
        KeyDomain known = ofCall(call, schema, columns);
        yield known != null ? known : ofType(Typing.typeOf(call, schema));
      }
      case Expression.Case choice -> ofCase(choice, schema, columns);
      case Expression.Aggregate _, Expression.Normalize _ -> null;
    };
  }

  private static @Nullable KeyDomain ofType(@Nullable DataType type) {
    return type == null ? null : KeyDomain.ofType(new GroupKey(type, null));
  }

  private static @Nullable KeyDomain ofCast(
      Expression.Cast cast, Schema schema, Function<String, @Nullable KeyDomain> columns) {
    DataType from = Typing.typeOf(cast.input(), schema);
    DataType to = cast.type();
    KeyDomain input = integers(cast.input(), schema, columns);
    if (from == null || input == null || to == DataType.BOOL || !to.isIntegral()) {
      return ofType(to);
    }
    if (from == DataType.DATE && to == DataType.TIMESTAMP_MICROS) {
      return null;
    }
    if (from == DataType.TIMESTAMP_MICROS && to == DataType.DATE) {
      return KeyDomain.of(
          Math.floorDiv(input.least(), MICROS_PER_DAY),
          Math.floorDiv(input.greatest(), MICROS_PER_DAY));
    }
    return input;
  }

  private static @Nullable KeyDomain ofCase(
      Expression.Case choice, Schema schema, Function<String, @Nullable KeyDomain> columns) {
    List<Expression> values = new ArrayList<>();
    choice.branches().forEach(branch -> values.add(branch.value()));
    if (choice.otherwise() != null) {
      values.add(choice.otherwise());
    }
    return union(values, schema, columns);
  }

  /** Bounds of all of {@code values}; nulls among them do not matter. */
  private static @Nullable KeyDomain union(
      List<Expression> values, Schema schema, Function<String, @Nullable KeyDomain> columns) {
    KeyDomain all = null;
    for (Expression value : values) {
      if (value instanceof Expression.Literal literal && literal.value() == null) {
        continue;
      }
      KeyDomain one = integers(value, schema, columns);
      DataType type = Typing.typeOf(value, schema);
      if (one == null || type == null || type.isTemporal()) {
        return null;
      }
      all =
          all == null
              ? one
              : KeyDomain.of(
                  Math.min(all.least(), one.least()), Math.max(all.greatest(), one.greatest()));
    }
    return all;
  }

  /** As {@link #of}, but null for codes, which are no values to compute with. */
  private static @Nullable KeyDomain integers(
      Expression expression, Schema schema, Function<String, @Nullable KeyDomain> columns) {
    KeyDomain domain = of(expression, schema, columns);
    return domain == null || domain.dictionary() != null ? null : domain;
  }

  private static @Nullable KeyDomain ofCall(
      Expression.Call call, Schema schema, Function<String, @Nullable KeyDomain> columns) {
    List<Expression> arguments = call.arguments();
    return switch (call.function()) {
      case HOUR -> KeyDomain.of(0, 23);
      case MINUTE, SECOND -> KeyDomain.of(0, 59);
      case MICROSECOND -> KeyDomain.of(0, 999_999);
      case QUARTER -> KeyDomain.of(1, 4);
      case MONTH -> KeyDomain.of(1, 12);
      case DAY -> KeyDomain.of(1, 31);
      case DAY_OF_WEEK -> KeyDomain.of(1, 7);
      case DAY_OF_YEAR -> KeyDomain.of(1, 366);
      case ISO_WEEK -> KeyDomain.of(1, 53);
      case YEAR -> years(arguments.getFirst(), schema, columns);
      case COALESCE -> union(arguments, schema, columns);
      case ADD, SUBTRACT, MULTIPLY, FLOOR_DIVIDE, REMAINDER ->
          areIntegers(arguments, schema)
              ? arithmetic(
                  call,
                  integers(arguments.get(0), schema, columns),
                  integers(arguments.get(1), schema, columns))
              : null;
      default -> null;
    };
  }

  /** The years of a date or timestamp with known bounds, where they are within sane ones. */
  private static @Nullable KeyDomain years(
      Expression argument, Schema schema, Function<String, @Nullable KeyDomain> columns) {
    KeyDomain domain = integers(argument, schema, columns);
    DataType type = Typing.typeOf(argument, schema);
    if (domain == null || type == null || !type.isTemporal()) {
      return null;
    }
    boolean days = type == DataType.DATE;
    long first = days ? domain.least() : Math.floorDiv(domain.least(), MICROS_PER_DAY);
    long last = days ? domain.greatest() : Math.floorDiv(domain.greatest(), MICROS_PER_DAY);
    return KeyDomain.of(
        LocalDate.ofEpochDay(first).getYear(), LocalDate.ofEpochDay(last).getYear());
  }

  private static boolean areIntegers(List<Expression> arguments, Schema schema) {
    for (Expression argument : arguments) {
      DataType type = Typing.typeOf(argument, schema);
      if (type == null || !type.isInteger()) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable KeyDomain arithmetic(
      Expression.Call call, @Nullable KeyDomain a, @Nullable KeyDomain b) {
    if (b == null || b.dictionary() != null) {
      return null;
    }
    boolean constant = b.least() == b.greatest() && b.least() > 0;
    try {
      return switch (call.function()) {
        case ADD ->
            a == null
                ? null
                : KeyDomain.of(
                    Math.addExact(a.least(), b.least()), Math.addExact(a.greatest(), b.greatest()));
        case SUBTRACT ->
            a == null
                ? null
                : KeyDomain.of(
                    Math.subtractExact(a.least(), b.greatest()),
                    Math.subtractExact(a.greatest(), b.least()));
        case MULTIPLY ->
            a == null || !constant
                ? null
                : KeyDomain.of(
                    Math.multiplyExact(a.least(), b.least()),
                    Math.multiplyExact(a.greatest(), b.least()));
        case FLOOR_DIVIDE ->
            a == null || !constant
                ? null
                : KeyDomain.of(
                    Math.floorDiv(a.least(), b.least()), Math.floorDiv(a.greatest(), b.least()));
        case REMAINDER ->
            !constant
                ? null
                : KeyDomain.of(a != null && a.least() >= 0 ? 0 : 1 - b.least(), b.least() - 1);
        default -> null;
      };
    } catch (ArithmeticException overflow) {
      return null;
    }
  }
}
