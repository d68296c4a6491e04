package colonnade.engine.exec;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Scaling;
import colonnade.engine.store.ColumnNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a column that was scaled within groups, while its query runs.
 *
 * @param kind the way of scaling
 * @param by the group keys
 * @param groups each group once: its keys, then offset and scale
 */
record FittedGroups(Scaling.Kind kind, List<Expression> by, MemoryTable groups) implements Fitted {
  @Override
  public ColumnNotes notes(Function<Expression, @Nullable String> nameOf) {
    List<GroupScaling.Key> keys = new ArrayList<>();
    for (int k = 0; k < by.size(); k++) {
      String column = nameOf.apply(by.get(k));
      String name = column == null ? ExpressionText.of(by.get(k)) : column;
      keys.add(new GroupScaling.Key(name, groups.schema().type(k), column != null));
    }
    return new GroupScaling(kind, keys, groups).toNotes();
  }
}
