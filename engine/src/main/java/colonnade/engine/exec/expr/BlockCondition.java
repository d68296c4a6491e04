package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.RowRange;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a condition can come to on the rows of a block, told from the statistics of its columns
 * without reading it. Never a guess: where statistics are missing or say nothing, the answer is
 * {@link Verdict#SOME}. An immutable value.
 *
 * <p>Understood are comparisons of a column with constants, also as a list, tests for null and NaN,
 * truth values, and what and, or and not make of them, in three-valued logic.
 */
public final class BlockCondition {
  /** Which rows of a block pass. */
  public enum Verdict {
    /** No row: the block need not be read. */
    NONE,
    /** Not known: every row is to be tested. */
    SOME,
    /** Every row: none need be tested. */
    ALL
  }

  /** The statistics of a column, by its position in the schema; null if there are none. */
  public interface Statistics extends IntFunction<@Nullable ColumnStatistics> {}

  private final Outcomes outcomes;
  private final OrderedSearch search;

  private BlockCondition(Outcomes outcomes) {
    this.outcomes = outcomes;
    this.search = new OrderedSearch(outcomes);
  }

  /** The rows of {@code schema} for which {@code condition}, a checked one, is true. */
  public static BlockCondition of(Expression condition, Schema schema) {
    return new BlockCondition(outcomes(condition, schema));
  }

  /** Whether statistics of columns can tell anything at all. */
  public boolean usesStatistics() {
    return outcomes.usesStatistics();
  }

  /** The verdict on the rows that {@code statistics} describe. */
  public Verdict on(Statistics statistics) {
    int possible = outcomes.on(statistics);
    return (possible & Outcomes.TRUE) == 0
        ? Verdict.NONE
        : possible == Outcomes.TRUE ? Verdict.ALL : Verdict.SOME;
  }

  /** Whether {@link #search} can narrow a block of these statistics. */
  public boolean canSearch(Statistics statistics) {
    return search.applies(statistics);
  }

  /**
   * The rows of a block in which the condition can be true, found by binary search where its
   * columns are in order; all rows where none is.
   *
   * @param columns all rows of the block, by the column's position in the schema
   */
  public RowRange search(Statistics statistics, IntFunction<Vector> columns, int rowCount) {
    return canSearch(statistics)
        ? search.on(statistics, columns, rowCount)
        : RowRange.of(rowCount, false);
  }

  private static Outcomes outcomes(Expression condition, Schema schema) {
    return switch (condition) {
      case Expression.Alias alias -> outcomes(alias.input(), schema);
      case Expression.Literal literal -> Outcomes.constant(literal.value());
      case Expression.Column column ->
          schema.field(column.name()).type() == DataType.BOOL
              ? inRange(schema, column, new Range.Longs(1, 1, false))
              : Outcomes.UNKNOWN;
      case Expression.InList in when in.values().isEmpty() ->
          // Null where the value is null, else false.
          new Outcomes.Fixed(Outcomes.FALSE | Outcomes.NULL);
      case Expression.InList in -> {
        List<Outcomes> equal = new ArrayList<>();
        for (Expression.Literal value : in.values()) {
          equal.add(comparison(Function.EQUAL, in.input(), value, schema));
        }
        yield new Outcomes.Not(new Outcomes.Both(equal.stream().map(Outcomes::negated).toList()));
      }
      case Expression.Call call -> ofCall(call, schema);
      default -> Outcomes.UNKNOWN;
    };
  }

  private static Outcomes ofCall(Expression.Call call, Schema schema) {
    List<Expression> arguments = call.arguments();
    Expression first = arguments.getFirst();
    return switch (call.function()) {
      case NOT -> outcomes(first, schema).negated();
      case AND -> new Outcomes.Both(arguments.stream().map(a -> outcomes(a, schema)).toList());
      case OR ->
          new Outcomes.Both(arguments.stream().map(a -> outcomes(a, schema).negated()).toList())
              .negated();
      case IS_NULL ->
          first instanceof Expression.Column column
              ? new Outcomes.IsNull(schema.indexOf(column.name()))
              : Outcomes.UNKNOWN;
      case IS_NOT_NULL ->
          first instanceof Expression.Column column
              ? new Outcomes.IsNull(schema.indexOf(column.name())).negated()
              : Outcomes.UNKNOWN;
      case IS_NAN ->
          first instanceof Expression.Column column && typeOf(column, schema).isFloating()
              ? inRange(
                  schema,
                  column,
                  new Range.Doubles(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, true))
              : Outcomes.UNKNOWN;
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          first instanceof Expression.Literal literal
              ? comparison(Comparison.swapped(call.function()), arguments.get(1), literal, schema)
              : arguments.get(1) instanceof Expression.Literal literal
                  ? comparison(call.function(), first, literal, schema)
                  : Outcomes.UNKNOWN;
      default -> Outcomes.UNKNOWN;
    };
  }

  private static Outcomes comparison(
      Function function, Expression input, Expression.Literal constant, Schema schema) {
    DataType constantType = constant.type();
    Object value = constant.value();
    if (!(input instanceof Expression.Column column) || constantType == null || value == null) {
      return Outcomes.UNKNOWN;
    }
    DataType type = typeOf(column, schema);
    return type.isVariable() || constantType.isVariable()
        ? Outcomes.UNKNOWN
        : inRange(schema, column, Range.of(type, function, constantType, value));
  }

  private static Outcomes inRange(Schema schema, Expression.Column column, Range range) {
    return new Outcomes.InRange(schema.indexOf(column.name()), range);
  }

  private static DataType typeOf(Expression.Column column, Schema schema) {
    return schema.field(column.name()).type();
  }
}
