package colonnade.engine.exec;

import colonnade.engine.plan.Expression;
import colonnade.engine.store.ColumnNotes;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a column of a query was scaled, to be kept beside it when it is written. */
sealed interface Fitted permits FittedScaling, FittedGroups {
  /**
   * What to keep.
   *
   * @param nameOf the column of the result that holds a group key, or null if none does
   */
  ColumnNotes notes(Function<Expression, @Nullable String> nameOf);
}
