package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.engine.exec.agg.KeyDomain;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.Typing;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Dictionary;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What values a group key can have, from statistics, dictionaries and the ranges of functions.
 * Looks through the steps of a plan to the scan; where it knows nothing it says so, it never
 * guesses.
 */
final class KeyDomains {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private KeyDomains() {}

  /** The domain of {@code key} over the rows of {@code input}, or null. */
  static @Nullable KeyDomain of(Expression key, Plan input) {
    return domain(key, input, true);
  }

  /** As {@link #of}; a dictionary counts only while every step hands on the scan's own vectors. */
  private static @Nullable KeyDomain domain(Expression key, Plan input, boolean sameVectors) {
    return switch (key) {
      case Expression.Alias alias -> domain(alias.input(), input, sameVectors);
      case Expression.Column column -> column(column.name(), input, sameVectors);
      case Expression.Call call -> call(call, input);
      default -> Typing.typeOf(key, input.schema()) == DataType.BOOL ? KeyDomain.of(0, 1) : null;
    };
  }

  private static @Nullable KeyDomain column(String name, Plan input, boolean sameVectors) {
    return switch (input) {
      case Plan.Scan scan ->
          stored(scan.source(), scan.source().schema().indexOf(name), sameVectors);
      case Plan.Filter filter -> column(name, filter.input(), sameVectors);
      case Plan.Project project -> {
        for (Named named : project.expressions()) {
          if (named.name().equals(name)) {
            yield domain(named.expression(), project.input(), sameVectors);
          }
        }
        yield null;
      }
      case Plan.Normalize normalize ->
          normalize.input().schema().contains(name) ? column(name, normalize.input(), false) : null;
      case Plan.Sort sort -> column(name, sort.input(), false);
      case Plan.Limit limit -> column(name, limit.input(), false);
      case Plan.Distinct distinct -> column(name, distinct.input(), false);
      case Plan.Aggregate aggregate -> {
        for (Named named : aggregate.keys()) {
          if (named.name().equals(name)) {
            yield domain(named.expression(), aggregate.input(), false);
          }
        }
        yield null;
      }
      case Plan.Join join -> joined(name, join);
    };
  }

  private static @Nullable KeyDomain joined(String name, Plan.Join join) {
    int at = join.schema().indexOf(name);
    int leftSize = join.left().schema().size();
    return at < leftSize
        ? column(name, join.left(), false)
        : column(join.rightColumns().get(at - leftSize), join.right(), false);
  }

  private static @Nullable KeyDomain stored(Source source, int column, boolean sameVectors) {
    DataType type = source.schema().type(column);
    if (type.isVariable()) {
      Dictionary dictionary = sameVectors ? source.dictionary(column) : null;
      return dictionary == null ? null : KeyDomain.of(dictionary);
    }
    if (type == DataType.BOOL) {
      return KeyDomain.of(0, 1);
    }
    ColumnStatistics statistics = type.isIntegral() ? source.statistics(column) : null;
    if (statistics == null) {
      return null;
    }
    return statistics.hasLongRange()
        ? KeyDomain.of(statistics.minLong(), statistics.maxLong())
        : KeyDomain.of(0, 0);
  }

  private static @Nullable KeyDomain call(Expression.Call call, Plan input) {
    return switch (call.function()) {
      case HOUR -> KeyDomain.of(0, 23);
      case MINUTE, SECOND -> KeyDomain.of(0, 59);
      case QUARTER -> KeyDomain.of(1, 4);
      case MONTH -> KeyDomain.of(1, 12);
      case DAY -> KeyDomain.of(1, 31);
      case DAY_OF_WEEK -> KeyDomain.of(1, 7);
      case DAY_OF_YEAR -> KeyDomain.of(1, 366);
      case ISO_WEEK -> KeyDomain.of(1, 53);
      case YEAR -> years(call.arguments().get(0), input);
      default -> Typing.typeOf(call, input.schema()) == DataType.BOOL ? KeyDomain.of(0, 1) : null;
    };
  }

  private static @Nullable KeyDomain years(Expression date, Plan input) {
    KeyDomain days = domain(date, input, false);
    if (days == null) {
      return null;
    }
    long unit = Typing.typeOf(date, input.schema()) == DataType.DATE ? 1 : MICROS_PER_DAY;
    long first = Math.floorDiv(days.least(), unit);
    long last = Math.floorDiv(days.greatest(), unit);
    if (first < LocalDate.MIN.toEpochDay() || last > LocalDate.MAX.toEpochDay()) {
      return null;
    }
    return KeyDomain.of(
        LocalDate.ofEpochDay(first).getYear(), LocalDate.ofEpochDay(last).getYear());
  }
}
