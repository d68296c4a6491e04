package colonnade;

import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.Executor;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.Sizes;
import colonnade.engine.store.ColumnPatch;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableEdit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Commits changes of few rows as patches: streams the changed columns, as far as rows can have
 * changed, beside what is stored, and collects the rows that differ. A column of which too many do
 * is left to be written anew. Used once, by one thread.
 */
final class RowChanges {
  private final Changes changes;
  private final Snapshot snapshot;
  private final BlockSource source;
  private final Map<String, ColumnPatch> patches = new LinkedHashMap<>();

  private RowChanges(Changes changes, Snapshot snapshot, BlockSource source) {
    this.changes = changes;
    this.snapshot = snapshot;
    this.source = source;
  }

  /**
   * Makes patches of the changes where that is possible.
   *
   * @param edit of the generation that {@code snapshot} shows
   * @return the changed columns that are to be written anew
   */
  static Set<String> patch(
      Changes changes,
      TableEdit edit,
      Snapshot snapshot,
      BlockSource source,
      QueryOptions options) {
    Set<String> rewritten = new LinkedHashSet<>(changes.changed().keySet());
    if (edit.generation() != snapshot.generation()) {
      return rewritten;
    }
    RowChanges rows = new RowChanges(changes, snapshot, source);
    changes
        .changed()
        .forEach((column, extent) -> {
          ColumnPatch patch =
              extent.isWhole() || changes.isAdded(column) ? null : edit.patch(column);
          if (patch != null) {
            rows.patches.put(column, patch);
          }
        });
    rows.collect(options);
    rows.patches.forEach((column, patch) -> {
      if (patch.count() > 0) {
        edit.apply(column, patch);
      }
      rewritten.remove(column);
    });
    return rewritten;
  }

  private void collect(QueryOptions options) {
    if (patches.isEmpty()) {
      return;
    }
    List<String> columns = List.copyOf(patches.keySet());
    long[] blocks = blocks(columns);
    BlockSource read = blocks == null ? source : new ChosenBlocks(source, blocks);
    long[] seen = new long[1];
    Executor.forEachBlock(
        changes.columns(columns, read),
        options,
        rows -> {
          take(columns, blocks, seen[0], rows);
          seen[0] += rows.rowCount();
          return !patches.isEmpty();
        });
  }

  /** The blocks in which rows can have changed; null for all. */
  private long @Nullable [] blocks(List<String> columns) {
    Set<Long> blocks = new TreeSet<>();
    for (String column : columns) {
      Set<Long> rows = changes.extent(column).rows();
      if (rows == null) {
        return null;
      }
      rows.forEach(row -> blocks.add(row / Sizes.BLOCK_ROWS));
    }
    return blocks.stream().mapToLong(Long::longValue).toArray();
  }

  private void take(
      List<String> columns, long @Nullable [] blocks, long seen, MemoryTable.Rows rows) {
    int done = 0;
    while (done < rows.rowCount()) {
      long at = seen + done;
      int inBlock = (int) (at % Sizes.BLOCK_ROWS);
      int n = Math.min(rows.rowCount() - done, Sizes.BLOCK_ROWS - inBlock);
      long block = at / Sizes.BLOCK_ROWS;
      long firstRow = (blocks == null ? block : blocks[(int) block]) * Sizes.BLOCK_ROWS + inBlock;
      for (int c = 0; c < columns.size(); c++) {
        String column = columns.get(c);
        ColumnPatch patch = patches.get(column);
        if (patch != null
            && !patch.take(
                firstRow,
                rows.vectors()[c].from(done),
                n,
                snapshot.column(snapshot.schema().indexOf(changes.storedName(column))))) {
          patches.remove(column);
        }
      }
      done += n;
    }
  }
}
