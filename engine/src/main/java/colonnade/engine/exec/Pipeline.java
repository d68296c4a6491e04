package colonnade.engine.exec;

import colonnade.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * A source and the steps its rows go through, without an end yet. An immutable value that can be
 * run any number of times.
 *
 * @param source where the rows come from
 * @param columns positions in the source's schema of the columns to read, in order
 * @param steps what happens to the rows, in order
 * @param schema the columns after the last step
 */
public record Pipeline(Source source, int[] columns, List<OperatorFactory> steps, Schema schema) {
  /** All columns of {@code source}. */
  public static Pipeline of(Source source) {
    int[] all = new int[source.schema().size()];
    for (int c = 0; c < all.length; c++) {
      all[c] = c;
    }
    return new Pipeline(source, all, List.of(), source.schema());
  }

  /** This pipeline and one more step, after which the columns are {@code newSchema}. */
  public Pipeline then(OperatorFactory step, Schema newSchema) {
    List<OperatorFactory> more = new ArrayList<>(steps);
    more.add(step);
    return new Pipeline(source, columns, List.copyOf(more), newSchema);
  }
}
