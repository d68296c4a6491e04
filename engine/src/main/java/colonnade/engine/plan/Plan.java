package colonnade.engine.plan;

import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.exec.Source;
import colonnade.error.InvalidQueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the user asked for, as a tree of immutable records: each takes the rows of its inputs and
 * gives rows of its {@link #schema()}. Made through the static factories, which check names and
 * types at once; rewritten by {@code plan.rewrite}; run by {@code exec}.
 *
 * <p>Row order: all but {@link Aggregate} and {@link Distinct} keep the order of their (left)
 * input; {@link Aggregate} gives groups in an unspecified order that is the same in every run;
 * {@link Distinct} keeps first occurrences in order.
 */
public sealed interface Plan {
  /** The columns of the result. */
  Schema schema();

  /** The plans whose rows this one takes, in order. */
  List<Plan> inputs();

  /** The same step over other inputs of the same schemas. */
  Plan withInputs(List<Plan> inputs);

  /**
   * This step over what {@code change} makes of its inputs; this very one where that is the same.
   */
  default Plan mapInputs(UnaryOperator<Plan> change) {
    List<Plan> changed = new ArrayList<>(inputs());
    changed.replaceAll(change);
    boolean same = true;
    for (int i = 0; i < changed.size(); i++) {
      same &= changed.get(i) == inputs().get(i);
    }
    return same ? this : withInputs(changed);
  }

  /** All rows of a source. */
  record Scan(Source source, List<String> columns, Schema schema) implements Plan {
    /** All columns of {@code source}. */
    public static Scan of(Source source) {
      return new Scan(source, source.schema().names(), source.schema());
    }

    /** These columns of {@code source}, in this order. */
    public static Scan of(Source source, List<String> columns) {
      return new Scan(
          source,
          List.copyOf(columns),
          new Schema(columns.stream().map(c -> source.schema().field(c)).toList()));
    }

    @Override
    public List<Plan> inputs() {
      return List.of();
    }

    @Override
    public Plan withInputs(List<Plan> inputs) {
      return this;
    }
  }

  /** The rows for which the predicate is true, not false or null. */
  record Filter(Plan input, Expression predicate) implements Plan {
    /** Checks that {@code predicate} is a boolean over {@code input}. */
    public static Filter of(Plan input, Expression predicate) {
      Typing.requireBoolean(predicate, input.schema(), "filter");
      return new Filter(input, predicate);
    }

    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }

    @Override
    public Plan withInputs(List<Plan> inputs) {
      return new Filter(inputs.get(0), predicate);
    }
  }

  /** One column per expression, and no others. */
  record Project(Plan input, List<Named> expressions, Schema schema) implements Plan {
    /** Checks each expression against {@code input}. */
    public static Project of(Plan input, List<Named> expressions) {
      List<Field> fields = new ArrayList<>();
      for (Named named : expressions) {
        fields.add(
            new Field(
                named.name(),
                Typing.typeOfRowExpression(named.expression(), input.schema(), named.name())));
      }
      return new Project(input, List.copyOf(expressions), new Schema(fields));
    }

    /**
     * All columns of {@code input} and {@code added}, which replaces a column of the same name in
     * its place.
     */
    public static Project adding(Plan input, Named added) {
      List<Named> all = new ArrayList<>();
      boolean replaced = false;
      for (Field field : input.schema()) {
        boolean same = field.name().equals(added.name());
        replaced |= same;
        all.add(same ? added : new Named(field.name(), new Expression.Column(field.name())));
      }
      if (!replaced) {
        all.add(added);
      }
      return of(input, all);
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }

    @Override
    public Plan withInputs(List<Plan> inputs) {
      return new Project(inputs.get(0), expressions, schema);
    }
  }

  /** One row per distinct combination of keys; exactly one row if there are no keys. */
  record Aggregate(Plan input, List<Named> keys, List<Named> aggregates, Schema schema)
      implements Plan {
    /**
     * Checks keys and aggregates against {@code input}. An aggregate may be any expression over
     * aggregates.
     */
    public static Aggregate of(Plan input, List<Named> keys, List<Named> aggregates) {
      List<Field> fields = new ArrayList<>();
      for (Named key : keys) {
        fields.add(
            new Field(
                key.name(),
                Typing.typeOfRowExpression(key.expression(), input.schema(), key.name())));
      }
      for (Named named : aggregates) {
        fields.add(
            new Field(
                named.name(),
                Typing.typeOfAggregate(named.expression(), input.schema(), named.name())));
      }
      return new Aggregate(input, List.copyOf(keys), List.copyOf(aggregates), new Schema(fields));
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }

    @Override
    public Plan withInputs(List<Plan> inputs) {
      return new Aggregate(inputs.get(0), keys, aggregates, schema);
    }
  }

  /**
   * Rows of two inputs whose keys are equal. Columns: all of the left, then for inner and left
   * joins those of the right that are not keys of the same name; a right column whose name the left
   * has too gets {@code suffix}. A null key equals nothing, or, with {@code nullsEqual}, another
   * null.
   */
  record Join(
      Plan left,
      Plan right,
      List<Expression> leftKeys,
      List<Expression> rightKeys,
      JoinKind kind,
      boolean nullsEqual,
      String suffix,
      List<String> rightColumns,
      Schema schema)
      implements Plan {
    /** Checks that the keys pair up and compare. */
    public static Join of(
        Plan left,
        Plan right,
        List<Expression> leftKeys,
        List<Expression> rightKeys,
        JoinKind kind,
        boolean nullsEqual,
        String suffix) {
      if (leftKeys.isEmpty() || leftKeys.size() != rightKeys.size()) {
        throw new InvalidQueryException(
            "join",
            "a join needs the same number of keys on both sides, at least one, not "
                + leftKeys.size()
                + " and "
                + rightKeys.size(),
            "");
      }
      List<String> sameNameKeys = new ArrayList<>();
      for (int i = 0; i < leftKeys.size(); i++) {
        Typing.requireComparable(
            leftKeys.get(i), left.schema(), rightKeys.get(i), right.schema(), "join");
        if (leftKeys.get(i).equals(rightKeys.get(i))
            && rightKeys.get(i) instanceof Expression.Column column) {
          sameNameKeys.add(column.name());
        }
      }
      List<Field> fields = new ArrayList<>(left.schema().fields());
      List<String> rightColumns = new ArrayList<>();
      if (kind == JoinKind.INNER || kind == JoinKind.LEFT) {
        for (Field field : right.schema()) {
          if (!sameNameKeys.contains(field.name())) {
            rightColumns.add(field.name());
            String name =
                left.schema().contains(field.name()) ? field.name() + suffix : field.name();
            fields.add(new Field(name, field.type()));
          }
        }
      }
      return new Join(
          left,
          right,
          List.copyOf(leftKeys),
          List.copyOf(rightKeys),
          kind,
          nullsEqual,
          suffix,
          rightColumns,
          new Schema(fields));
    }

    @Override
    public List<Plan> inputs() {
      return List.of(left, right);
    }

    @Override
    public Plan withInputs(List<Plan> inputs) {
      return new Join(
          inputs.get(0),
          inputs.get(1),
          leftKeys,
          rightKeys,
          kind,
          nullsEqual,
          suffix,
          rightColumns,
          schema);
    }
  }

  /**
   * The rows in the order of the keys; rows with equal keys keep their order.
   *
   * @param inOrder whether the input's rows are known to be in that order, so that nothing is to be
   *     done, and the keys are not needed
   */
  record Sort(Plan input, List<SortKey> keys, boolean inOrder) implements Plan {
    /** A sort of rows of whose order nothing is known. */
    public Sort(Plan input, List<SortKey> keys) {
      this(input, keys, false);
    }

    /** Checks each key against {@code input}. */
    public static Sort of(Plan input, List<SortKey> keys) {
      for (SortKey key : keys) {
        Typing.typeOfRowExpression(key.expression(), input.schema(), "sort key");
      }
      return new Sort(input, List.copyOf(keys));
    }

    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }

    @Override
    public Plan withInputs(List<Plan> inputs) {
      return new Sort(inputs.get(0), keys, inOrder);
    }
  }

  /** At most {@code rowCount} rows after the first {@code offset}. */
  record Limit(Plan input, long offset, long rowCount) implements Plan {
    /** Checks that both numbers are not negative. */
    public static Limit of(Plan input, long offset, long rowCount) {
      if (offset < 0 || rowCount < 0) {
        throw new InvalidQueryException(
            "limit",
            "a limit takes numbers that are not negative, not " + offset + " and " + rowCount,
            "");
      }
      return new Limit(input, offset, rowCount);
    }

    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }

    @Override
    public Plan withInputs(List<Plan> inputs) {
      return new Limit(inputs.get(0), offset, rowCount);
    }
  }

  /** The first row of each distinct combination of {@code columns}, whole. */
  record Distinct(Plan input, List<String> columns) implements Plan {
    /** Checks the names. */
    public static Distinct of(Plan input, List<String> columns) {
      columns.forEach(input.schema()::indexOf);
      return new Distinct(input, List.copyOf(columns));
    }

    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }

    @Override
    public Plan withInputs(List<Plan> inputs) {
      return new Distinct(inputs.get(0), columns);
    }
  }

  /**
   * All columns of the input and one scaled f64 column per {@link Scaled}, after them. Two passes:
   * the first fits, the second scales. Made by a rewrite from {@link Expression.Normalize}.
   */
  record Normalize(Plan input, List<Scaled> columns, Schema schema) implements Plan {
    /** The step for these columns. */
    public static Normalize of(Plan input, List<Scaled> columns) {
      return new Normalize(
          input,
          List.copyOf(columns),
          new Schema(
              Stream.concat(
                      input.schema().fields().stream(),
                      columns.stream().map(c -> new Field(c.name(), colonnade.DataType.F64)))
                  .toList()));
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }

    @Override
    public Plan withInputs(List<Plan> inputs) {
      return of(inputs.get(0), columns);
    }
  }

  /**
   * One scaled column of a {@link Normalize}.
   *
   * @param by the keys of the group within which parameters are fitted; empty for all rows
   */
  record Scaled(String name, Expression input, Scaling scaling, List<Expression> by) {}
}
