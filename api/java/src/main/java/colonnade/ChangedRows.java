package colonnade;

import colonnade.engine.exec.ComparedColumns;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.SnapshotSource;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.Snapshot;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a column that two generations of one table differ in. Stateless. */
final class ChangedRows {
  private ChangedRows() {}

  static Frame of(StoredRows before, StoredRows after, String column) {
    SnapshotSource first = before.source();
    SnapshotSource second = after.source();
    if (!before.realPath().equals(after.realPath())) {
      throw new InvalidQueryException(
          "changedRows",
          first.name() + " is another table than " + second.name(),
          "Compare generations of one table: table.at(…).");
    }
    int afterIndex = second.schema().indexOf(column);
    int id = id(second.snapshot(), afterIndex);
    int beforeIndex =
        IntStream.range(0, first.schema().size())
            .filter(c -> id(first.snapshot(), c) == id)
            .findFirst()
            .orElseThrow(() ->
                new InvalidQueryException(
                    "column '" + column + "'",
                    "generation " + before.generation() + " has no column '" + column + "'",
                    "It was added or replaced since; see diff."));
    Field old = first.schema().field(beforeIndex);
    if (old.type() != second.schema().type(afterIndex)) {
      throw new TypeMismatchException(
          "column '" + column + "'",
          "column '" + column + "' was " + old.type() + " in generation " + before.generation(),
          "Values of two types are not compared.");
    }
    Plan all =
        Plan.Scan.of(new NumberedRows(new ComparedColumns(first, beforeIndex, second, afterIndex)));
    Plan changed = Plan.Filter.of(all, new Expression.Column(ComparedColumns.DIFFERS));
    return new LazyFrame(
        Plan.Project.of(
            changed,
            List.of(
                new Named("row", new Expression.Column(NumberedRows.ROW_NUMBER)),
                new Named("before", new Expression.Column("before")),
                new Named("after", new Expression.Column("after")))),
        QueryOptions.defaults());
  }

  private static int id(Snapshot snapshot, int column) {
    return snapshot.manifest().columns().get(column).id();
  }
}
