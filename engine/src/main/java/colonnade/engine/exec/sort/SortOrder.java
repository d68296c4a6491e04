package colonnade.engine.exec.sort;

import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.Sizes;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of rows by several keys: row numbers, sorted. Stable; on all of a query's threads. */
public final class SortOrder {
  /** How one key sorts. */
  public record Key(int column, boolean descending, boolean nullsFirst) {}

  /** What a row takes on the heap meanwhile. */
  private static final long BYTES_PER_ROW = 24;

  private SortOrder() {}

  /**
   * The numbers of the first {@code rowCount} rows of {@code columns} in the order of {@code keys}.
   */
  public static int[] of(Vector[] columns, int rowCount, List<Key> keys, QueryContext context) {
    context.memory().reserve(BYTES_PER_ROW * rowCount);
    try {
      return new RowSort(stages(columns, rowCount, keys, context), context).sort(rowCount);
    } finally {
      context.memory().release(BYTES_PER_ROW * rowCount);
    }
  }

  private static List<SortStage> stages(
      Vector[] columns, int rowCount, List<Key> keys, QueryContext context) {
    List<SortStage> stages = new ArrayList<>();
    List<SortField> fields = new ArrayList<>();
    for (Key key : keys) {
      Vector column = columns[key.column()];
      // Codes of numbers order as the numbers do.
      Vector vector = column.isNumberCoded() ? column.codes() : column;
      if (vector.validity() != null) {
        fields.add(SortField.nulls(vector, key.nullsFirst()));
      }
      Dictionary dictionary = vector.dictionary();
      if (vector.type().isVariable() && dictionary == null) {
        stages.add(stage(fields, new SortText(vector, key.descending()), rowCount, context));
        fields.clear();
      } else {
        int[] ranks = dictionary == null ? null : ranks(dictionary, context);
        fields.add(SortField.values(vector, ranks, key.descending()));
      }
    }
    if (!fields.isEmpty()) {
      stages.add(stage(fields, null, rowCount, context));
    }
    return stages;
  }

  private static SortStage stage(
      List<SortField> fields, @Nullable SortText text, int rowCount, QueryContext context) {
    Parallel.run(
        context,
        (rowCount + Sizes.BLOCK_ROWS - 1) / Sizes.BLOCK_ROWS,
        b -> {
          int first = (int) b * Sizes.BLOCK_ROWS;
          int count = Math.min(Sizes.BLOCK_ROWS, rowCount - first);
          fields.forEach(field -> field.measure(first, count));
        });
    return new SortStage(fields, text);
  }

  /** The rank of each entry; an entry occurs once. */
  private static int[] ranks(Dictionary dictionary, QueryContext context) {
    Vector entries =
        Vector.variable(dictionary.type(), dictionary.bytes(), 0, dictionary.offsets(), 0, null, 0);
    int[] order =
        of(new Vector[] {entries}, dictionary.size(), List.of(new Key(0, false, false)), context);
    // Codes of null rows are looked up even where there is no entry.
    int[] ranks = new int[Math.max(1, order.length)];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    return ranks;
  }
}
