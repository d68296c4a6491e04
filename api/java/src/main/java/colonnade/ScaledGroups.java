package colonnade;

import colonnade.engine.exec.GroupScaling;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.JoinKind;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.ColumnNotes;
import colonnade.error.InvalidQueryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The parameters of a stored column that was scaled within groups. */
final class ScaledGroups {
  private final GroupScaling scaling;
  private final String place;

  private ScaledGroups(GroupScaling scaling, String place) {
    this.scaling = scaling;
    this.place = place;
  }

  static Optional<ScaledGroups> of(ColumnNotes notes, String place) {
    return GroupScaling.of(notes, place).map(scaling -> new ScaledGroups(scaling, place));
  }

  /** Keys, offset and scale of each group. */
  Table table() {
    List<String> names = new ArrayList<>();
    scaling.keys().forEach(key -> names.add(key.name()));
    names.add("offset");
    names.add("scale");
    return Table.inMemory(named(names));
  }

  /** The groups with these names of columns, each made different from those before it. */
  private MemoryTable named(List<String> names) {
    MemoryTable groups = scaling.groups();
    List<Field> fields = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int c = 0; c < names.size(); c++) {
      String name = names.get(c);
      while (!taken.add(name)) {
        name += "_right";
      }
      fields.add(new Field(name, groups.schema().type(c)));
    }
    return new MemoryTable("groups", new Schema(fields), groups.blocks(), groups);
  }

  /** {@code plan} with {@code column} as it was before it was scaled. */
  Plan denormalize(Plan plan, String column) {
    List<Expression> left = new ArrayList<>();
    List<Expression> right = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (GroupScaling.Key key : scaling.keys()) {
      if (!key.isColumn() || !plan.schema().contains(key.name())) {
        throw new InvalidQueryException(
            "column '" + column + "' of " + place,
            "column '"
                + column
                + "' of "
                + place
                + " was scaled within groups of '"
                + key.name()
                + "', which is no column of it",
            "Join with fittedGroups(\""
                + column
                + "\"), which has offset and scale of each group.");
      }
      names.add("\0by" + names.size());
      left.add(new Expression.Column(key.name()));
      right.add(new Expression.Column(names.getLast()));
    }
    names.add("\0offset");
    names.add("\0scale");
    Plan groups = Plan.Scan.of(new HeldRows(named(names)));
    Plan joined = Plan.Join.of(plan, groups, left, right, JoinKind.LEFT, true, "_right");
    List<Named> columns =
        new ArrayList<>(Columns.named(plan.schema().names().toArray(String[]::new)));
    Expression unscaled =
        Expression.Call.of(
            Function.ADD,
            Expression.Call.of(
                Function.MULTIPLY, new Expression.Column(column), new Expression.Column("\0scale")),
            new Expression.Column("\0offset"));
    columns.set(plan.schema().indexOf(column), new Named(column, unscaled));
    return Plan.Project.of(joined, columns);
  }
}
