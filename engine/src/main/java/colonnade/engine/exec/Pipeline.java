package colonnade.engine.exec;

import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source and the steps its rows go through, without an end yet. An immutable value that can be
 * run any number of times.
 *
 * @param source where the rows come from
 * @param columns positions in the source's schema of the columns to read, in order
 * @param condition what rows must fulfil before the first step, over the columns read; null for all
 *     rows. Beside the steps, so that whole blocks can be told to pass or fail by statistics
 * @param steps what happens to the rows, in order
 * @param schema the columns after the last step
 */
public record Pipeline(
    Source source,
    int[] columns,
    @Nullable Expression condition,
    List<OperatorFactory> steps,
    Schema schema) {
  /** All columns of {@code source}. */
  public static Pipeline of(Source source) {
    int[] all = new int[source.schema().size()];
    for (int c = 0; c < all.length; c++) {
      all[c] = c;
    }
    return new Pipeline(source, all, null, List.of(), source.schema());
  }

  /** This pipeline and one more step, after which the columns are {@code newSchema}. */
  public Pipeline then(OperatorFactory step, Schema newSchema) {
    List<OperatorFactory> more = new ArrayList<>(steps);
    more.add(step);
    return new Pipeline(source, columns, condition, List.copyOf(more), newSchema);
  }

  /** The columns read, before the first step. */
  Schema scanSchema() {
    List<Field> fields = new ArrayList<>();
    for (int column : columns) {
      fields.add(source.schema().fields().get(column));
    }
    return new Schema(fields);
  }
}
