package colonnade.engine.exec;

import colonnade.Schema;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers the kept rows of batches into dense blocks in memory of a region, each full but the last,
 * so that blocks do not depend on the size of batches. Not thread-safe.
 */
public final class RowCollector {
  private final Schema schema;
  private final QueryMemory.Region region;
  private final List<MemoryTable.Rows> blocks = new ArrayList<>();
  private final List<ColumnBuilder[]> builders = new ArrayList<>();
  private ColumnBuilder[] columns;
  private int used;
  private int rowCount;

  /** A collector of rows of {@code schema} in memory of {@code region}. */
  public RowCollector(Schema schema, QueryMemory.Region region) {
    this.schema = schema;
    this.region = region;
    this.columns = nextBuilders();
  }

  /** Forgets all rows and keeps the memory; blocks given out before are then invalid. */
  public void clear() {
    blocks.clear();
    builders.forEach(set -> {
      for (ColumnBuilder builder : set) {
        builder.clear();
      }
    });
    used = 0;
    rowCount = 0;
    columns = nextBuilders();
  }

  /** Appends the kept rows of {@code batch}. */
  public void append(Batch batch) {
    Selection selection = batch.selection();
    int count = selection.count();
    int room = Sizes.BLOCK_ROWS - rowCount;
    if (count <= room) {
      for (int c = 0; c < columns.length; c++) {
        columns[c].append(batch.vector(c), selection);
      }
      rowCount += count;
      return;
    }
    int[] rows = selection.toList();
    appendRows(batch, rows, room);
    seal();
    appendRows(batch, Arrays.copyOfRange(rows, room, count), count - room);
  }

  private void appendRows(Batch batch, int[] rows, int count) {
    for (int c = 0; c < columns.length; c++) {
      columns[c].append(batch.vector(c), rows, count);
    }
    rowCount += count;
  }

  /** Appends all of {@code rows}. */
  public void append(MemoryTable.Rows rows) {
    append(rows, 0, rows.rowCount());
  }

  /** Appends rows {@code [first, first + count)} of {@code rows}. */
  public void append(MemoryTable.Rows rows, int first, int count) {
    for (int done = 0; done < count; ) {
      if (rowCount == Sizes.BLOCK_ROWS) {
        seal();
      }
      int n = Math.min(count - done, Sizes.BLOCK_ROWS - rowCount);
      for (int c = 0; c < columns.length; c++) {
        columns[c].append(rows.vectors()[c], first + done, n);
      }
      rowCount += n;
      done += n;
    }
  }

  /** Rows in the last block, which is not full. */
  public int rowCount() {
    return rowCount;
  }

  /** The blocks so far; the collector must be cleared before it is used again. */
  public List<MemoryTable.Rows> blocks() {
    seal();
    return blocks;
  }

  private void seal() {
    if (rowCount > 0) {
      Vector[] vectors = new Vector[columns.length];
      for (int c = 0; c < columns.length; c++) {
        vectors[c] = columns[c].vector(0);
      }
      blocks.add(new MemoryTable.Rows(rowCount, vectors));
      columns = nextBuilders();
      rowCount = 0;
    }
  }

  private ColumnBuilder[] nextBuilders() {
    if (used == builders.size()) {
      ColumnBuilder[] fresh = new ColumnBuilder[schema.size()];
      for (int c = 0; c < fresh.length; c++) {
        fresh[c] = new ColumnBuilder(schema.type(c), region);
      }
      builders.add(fresh);
    }
    return builders.get(used++);
  }
}
