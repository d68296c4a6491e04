package colonnade.engine.plan;

import colonnade.DataType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked to compute from a row, as a tree of immutable records. Untyped: {@link
 * Typing} checks it against a schema, and {@code exec.expr} binds it to column positions and
 * kernels.
 */
public sealed interface Expression {
  /** The value of the column of this name. */
  record Column(String name) implements Expression {}

  /**
   * A constant.
   *
   * @param type its type; null for a null that takes the type of what stands beside it
   * @param value a {@link Long} for integers, dates (days) and timestamps (microseconds), a {@link
   *     Double}, {@link Boolean}, {@link String}, {@code byte[]} or null
   */
  record Literal(@Nullable DataType type, @Nullable Object value) implements Expression {}

  /** A function of the values of its arguments. */
  record Call(Function function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }

    /** A call of {@code function}. */
    public static Call of(Function function, Expression... arguments) {
      return new Call(function, List.of(arguments));
    }
  }

  /**
   * A change of type.
   *
   * @param lenient what cannot be cast becomes null; otherwise it is an error
   */
  record Cast(Expression input, DataType type, boolean lenient) implements Expression {}

  /** The value of the first branch whose condition is true, else {@code otherwise}, else null. */
  record Case(List<Branch> branches, @Nullable Expression otherwise) implements Expression {
    public Case {
      branches = List.copyOf(branches);
    }
  }

  /** One branch of a {@link Case}. */
  record Branch(Expression condition, Expression value) {}

  /**
   * Whether the value equals one of these constants; null where the value is null. Null is no
   * constant here.
   */
  record InList(Expression input, List<Literal> values) implements Expression {
    public InList {
      values = List.copyOf(values);
    }
  }

  /**
   * A function of all rows, or of all rows of a group.
   *
   * @param parameter the quantile's fraction, or the n of {@link AggregateFunction#LARGEST}; 0
   *     elsewhere
   */
  record Aggregate(AggregateFunction function, List<Expression> arguments, double parameter)
      implements Expression {
    public Aggregate {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A value scaled by parameters fitted over all rows, or over all rows of its group. Needs a pass
   * of its own.
   *
   * @param by the keys of the group; empty for the whole column
   */
  record Normalize(Expression input, Scaling scaling, List<Expression> by) implements Expression {
    public Normalize {
      by = List.copyOf(by);
    }
  }

  /** A value under another name. */
  record Alias(Expression input, String name) implements Expression {}

  /** The direct parts of this expression, in order. */
  default List<Expression> children() {
    return switch (this) {
      case Column _, Literal _ -> List.of();
      case Call call -> call.arguments;
      case Cast cast -> List.of(cast.input);
      case Case choice -> {
        List<Expression> parts = new java.util.ArrayList<>();
        for (Branch branch : choice.branches) {
          parts.add(branch.condition);
          parts.add(branch.value);
        }
        if (choice.otherwise != null) {
          parts.add(choice.otherwise);
        }
        yield parts;
      }
      case InList in -> List.of(in.input);
      case Aggregate aggregate -> aggregate.arguments;
      case Normalize normalize -> {
        List<Expression> parts = new java.util.ArrayList<>();
        parts.add(normalize.input);
        parts.addAll(normalize.by);
        yield parts;
      }
      case Alias alias -> List.of(alias.input);
    };
  }

  /** The names of the columns that this expression refers to, in order of first use. */
  default Set<String> columns() {
    Set<String> names = new LinkedHashSet<>();
    addColumns(names);
    return names;
  }

  /** Adds the names of the columns that this expression refers to. */
  default void addColumns(Set<String> names) {
    if (this instanceof Column column) {
      names.add(column.name);
    }
    children().forEach(child -> child.addColumns(names));
  }

  /** This expression with its direct parts replaced by what {@code change} makes of them. */
  default Expression mapChildren(java.util.function.UnaryOperator<Expression> change) {
    return switch (this) {
      case Column _, Literal _ -> this;
      case Call call -> new Call(call.function, call.arguments.stream().map(change).toList());
      case Cast cast -> new Cast(change.apply(cast.input), cast.type, cast.lenient);
      case Case choice ->
          new Case(
              choice.branches.stream()
                  .map(b -> new Branch(change.apply(b.condition), change.apply(b.value)))
                  .toList(),
              choice.otherwise == null ? null : change.apply(choice.otherwise));
      case InList in -> new InList(change.apply(in.input), in.values);
      case Aggregate a ->
          new Aggregate(a.function, a.arguments.stream().map(change).toList(), a.parameter);
      case Normalize n ->
          new Normalize(change.apply(n.input), n.scaling, n.by.stream().map(change).toList());
      case Alias alias -> new Alias(change.apply(alias.input), alias.name);
    };
  }
}
