package colonnade;

import static colonnade.engine.plan.Function.EQUAL;
import static colonnade.engine.plan.Function.ROUND;

import colonnade.engine.exec.BlockSource;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.Typing;
import colonnade.engine.store.TableEdit;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a table that are not committed: what its queries see instead of what is stored.
 * Nothing is computed before a query or a commit reads it, and then a block at a time, so changes
 * of any size take no memory. An immutable value; each change gives another.
 *
 * @param plan the table's columns as changed so far, and the row number after them, without {@code
 *     puts}
 * @param puts single values put since, by column and row; a constant each
 * @param changed the columns changed or added, in order of their first change, and where
 * @param stored what each column that was not added is called in the stored table
 * @param arranged whether columns were dropped or renamed
 * @param extents how many rows the changes of each changed column are about
 */
record Changes(
    Plan plan,
    Map<String, TreeMap<Long, Expression.Literal>> puts,
    Map<String, Extent> changed,
    Map<String, String> stored,
    boolean arranged,
    Map<String, ChangeExtent> extents) {
  /** No changes of these rows. */
  static Changes none(BlockSource rows) {
    Map<String, String> stored = new LinkedHashMap<>();
    rows.schema().names().forEach(name -> stored.put(name, name));
    return new Changes(
        Plan.Scan.of(new NumberedRows(rows)), Map.of(), Map.of(), stored, false, Map.of());
  }

  boolean isEmpty() {
    return changed.isEmpty() && !arranged;
  }

  /** The table's columns as changed. */
  Plan visible() {
    Plan all = withPuts();
    return Columns.project(all, Columns.without(all.schema(), NumberedRows.ROW_NUMBER));
  }

  /** Only these columns. */
  Plan columns(Collection<String> names) {
    return Columns.project(withPuts(), Columns.named(names.toArray(String[]::new)));
  }

  /** Only these columns, computed from other rows than those of the whole table. */
  Plan columns(Collection<String> names, BlockSource rows) {
    return over(columns(names), Plan.Scan.of(new NumberedRows(rows)));
  }

  private static Plan over(Plan plan, Plan.Scan scan) {
    return plan instanceof Plan.Scan
        ? scan
        : plan.withInputs(plan.inputs().stream().map(input -> over(input, scan)).toList());
  }

  /** Another value where the condition holds, or everywhere if there is none. */
  Changes update(String column, Expression value, @Nullable Expression condition) {
    Plan base = withPuts();
    DataType type = base.schema().field(column).type();
    Expression fitting = fitting(column, value, type, base.schema());
    if (condition != null) {
      Typing.requireBoolean(condition, base.schema(), "update");
      fitting =
          new Expression.Case(
              List.of(new Expression.Branch(condition, fitting)), new Expression.Column(column));
    }
    return new Changes(
        Plan.Project.adding(base, new Named(column, fitting)),
        Map.of(),
        with(column, condition == null ? Extent.WHOLE : Extent.SOME),
        stored,
        arranged,
        extended(column, condition == null ? null : Plan.Filter.of(base, condition)));
  }

  /** Another value in one row. */
  Changes put(String column, long row, Expression.Literal value) {
    fitting(column, value, plan.schema().field(column).type(), plan.schema());
    Map<String, TreeMap<Long, Expression.Literal>> more = new LinkedHashMap<>(puts);
    TreeMap<Long, Expression.Literal> values =
        new TreeMap<>(more.getOrDefault(column, new TreeMap<>()));
    values.put(row, value);
    more.put(column, values);
    Map<String, ChangeExtent> further = new LinkedHashMap<>(extents);
    further.merge(column, ChangeExtent.ONE_ROW, ChangeExtent::and);
    return new Changes(plan, more, with(column, Extent.of(row)), stored, arranged, further);
  }

  /** One more column. */
  Changes add(String column, Expression value) {
    Plan base = withPuts();
    if (base.schema().contains(column)) {
      throw new InvalidQueryException(
          "column '" + column + "'",
          "there is a column '" + column + "' already",
          "Change it with update(\"" + column + "\", …), or choose another name.");
    }
    return new Changes(
        Plan.Project.adding(base, new Named(column, value)),
        Map.of(),
        with(column, Extent.WHOLE),
        stored,
        arranged,
        extended(column, null));
  }

  /** Whether the stored table has no such column. */
  boolean isAdded(String column) {
    return !stored.containsKey(column);
  }

  /** Where a changed column may have changed. */
  Extent extent(String column) {
    return Objects.requireNonNull(changed.get(column));
  }

  /** What a column that was not added is called in the stored table. */
  String storedName(String column) {
    return Objects.requireNonNull(stored.get(column));
  }

  /** One column less. */
  Changes drop(String column) {
    Plan base = withPuts();
    List<Named> rest = Columns.without(base.schema(), column);
    if (rest.size() == 1) {
      throw new InvalidQueryException(
          "column '" + column + "'",
          "'" + column + "' is the only column",
          "A table needs one; add another first.");
    }
    Map<String, Extent> left = new LinkedHashMap<>(changed);
    left.remove(column);
    Map<String, String> names = new LinkedHashMap<>(stored);
    names.remove(column);
    Map<String, ChangeExtent> fewer = new LinkedHashMap<>(extents);
    fewer.remove(column);
    return new Changes(Columns.project(base, rest), Map.of(), left, names, true, fewer);
  }

  /** A column under another name. */
  Changes rename(String column, String newName) {
    Plan base = withPuts();
    base.schema().indexOf(column);
    if (column.equals(newName)) {
      return this;
    }
    if (base.schema().contains(newName)) {
      throw new InvalidQueryException(
          "column '" + newName + "'",
          "there is a column '" + newName + "' already",
          "Drop or rename that one first, or choose another name.");
    }
    Map<String, Extent> renamed = new LinkedHashMap<>();
    changed.forEach((name, extent) -> renamed.put(name.equals(column) ? newName : name, extent));
    Map<String, String> names = new LinkedHashMap<>();
    stored.forEach((name, old) -> names.put(name.equals(column) ? newName : name, old));
    Map<String, ChangeExtent> further = new LinkedHashMap<>(extents);
    ChangeExtent extent = further.remove(column);
    if (extent != null) {
      further.put(newName, extent);
    }
    return new Changes(
        Columns.project(base, Columns.renamed(base.schema(), column, newName)),
        Map.of(),
        renamed,
        names,
        true,
        further);
  }

  /** A column in another type. */
  Changes retype(String column, DataType type) {
    Plan base = withPuts();
    if (base.schema().field(column).type() == type) {
      return this;
    }
    return new Changes(
        Plan.Project.adding(
            base,
            new Named(column, new Expression.Cast(new Expression.Column(column), type, false))),
        Map.of(),
        with(column, Extent.WHOLE),
        stored,
        arranged,
        extended(column, null));
  }

  /**
   * How many rows the changes of a changed column are about: those for which a condition holds are
   * counted, one that changes twice twice.
   */
  long rows(String column, long rowCount, ToLongFunction<Plan> count) {
    return extents.getOrDefault(column, ChangeExtent.ALL_ROWS).rows(rowCount, count);
  }

  private Map<String, ChangeExtent> extended(String column, @Nullable Plan rows) {
    Map<String, ChangeExtent> further = new LinkedHashMap<>(extents);
    ChangeExtent extent = rows == null ? ChangeExtent.ALL_ROWS : ChangeExtent.of(rows);
    further.merge(column, extent, ChangeExtent::and);
    return further;
  }

  /** Drops and renames the stored columns, so that each has its name as changed. */
  void arrange(TableEdit edit) {
    for (String name : edit.schema().names()) {
      if (!stored.containsValue(name)) {
        edit.drop(name);
      }
    }
    List<Map.Entry<String, String>> open = new ArrayList<>();
    stored.forEach((name, old) -> open.add(Map.entry(name, old)));
    open.removeIf(renaming -> renaming.getKey().equals(renaming.getValue()));
    while (!open.isEmpty()) {
      boolean some =
          open.removeIf(renaming -> {
            boolean free = !edit.schema().contains(renaming.getKey());
            if (free) {
              edit.rename(renaming.getValue(), renaming.getKey());
            }
            return free;
          });
      if (!some) {
        // Names that went round in a circle.
        String name = open.getFirst().getKey();
        edit.rename(open.getFirst().getValue(), "\0" + name);
        open.set(0, Map.entry(name, "\0" + name));
      }
    }
  }

  private Plan withPuts() {
    Plan all = plan;
    for (var column : puts.entrySet()) {
      DataType type = plan.schema().field(column.getKey()).type();
      List<Expression.Branch> branches = new ArrayList<>();
      column
          .getValue()
          .forEach((row, value) ->
              branches.add(
                  new Expression.Branch(
                      Expression.Call.of(
                          EQUAL,
                          new Expression.Column(NumberedRows.ROW_NUMBER),
                          new Expression.Literal(DataType.I64, row)),
                      fitting(column.getKey(), value, type, plan.schema()))));
      Expression value = new Expression.Case(branches, new Expression.Column(column.getKey()));
      all = Plan.Project.adding(all, new Named(column.getKey(), value));
    }
    return all;
  }

  /** The value in the column's type; numbers are rounded to integers, half away from zero. */
  private static Expression fitting(String column, Expression value, DataType type, Schema schema) {
    DataType from = Typing.typeOf(value, schema);
    if (from == type) {
      return value;
    }
    boolean fits =
        from == null
            || from.isNumeric() && type.isNumeric()
            || from.isTemporal() && type.isTemporal();
    if (!fits) {
      throw new TypeMismatchException(
          "column '" + column + "'",
          "column '" + column + "' is " + type + "; a value of " + from + " does not go into it",
          "Cast it to " + type + " first.");
    }
    boolean rounds = from != null && from.isFloating() && type.isInteger();
    Expression whole =
        rounds ? Expression.Call.of(ROUND, value, new Expression.Literal(DataType.I64, 0L)) : value;
    return new Expression.Cast(whole, type, false);
  }

  private Map<String, Extent> with(String column, Extent extent) {
    Map<String, Extent> more = new LinkedHashMap<>(changed);
    more.merge(column, extent, Extent::and);
    return more;
  }
}
