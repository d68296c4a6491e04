package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.exec.hash.TextPool;
import colonnade.engine.exec.hash.TextReader;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;

/** Groups by one key of text or bytes; its runs of bytes are those of the column. */
final class TextGrouping extends RunsGrouping {
  /** Looks up an entry of a dictionary once. */
  private final TextReader reader;

  private long[] numbers = new long[0];

  TextGrouping(int firstLimit, int expectedGroups, QueryMemory.Region region, HeapUse heap) {
    super(firstLimit, expectedGroups, region, heap);
    this.reader = new TextReader(pool, true, true);
  }

  @Override
  public void assign(Batch batch, BatchRows rows) {
    Vector key = batch.cells(0);
    if (key.dictionary() == null) {
      super.assign(batch, rows);
      return;
    }
    if (numbers.length == 0) {
      numbers = new long[Sizes.BATCH_ROWS];
    }
    reader.read(key, rows.rows, rows.count, numbers);
    for (int i = 0; i < rows.count; i++) {
      rows.groups[i] = (int) numbers[i];
    }
  }

  /** All rows of codes: their texts repeat, or there would be none. */
  @Override
  int assignWhileRepeating(Batch batch, BatchRows rows, long rowsBefore) {
    if (batch.cells(0).dictionary() == null) {
      return super.assignWhileRepeating(batch, rows, rowsBefore);
    }
    assign(batch, rows);
    return rows.count;
  }

  @Override
  void read(Batch batch, BatchRows rows) {
    Vector key = batch.cells(0);
    Dictionary entries = key.dictionary();
    KeyRuns runs = runs();
    runs.bytes = entries == null ? key.data() : entries.bytes();
    boolean nulls = key.validity() != null;
    for (int i = 0; i < rows.count; i++) {
      int row = rows.rows == null ? i : rows.rows[i];
      if (entries == null) {
        long start = key.start(row);
        runs.starts[i] = start;
        runs.lengths[i] = (int) (key.start(row + 1) - start);
      } else {
        int code = key.code(row);
        runs.starts[i] = entries.start(code);
        runs.lengths[i] = entries.length(code);
      }
      if (nulls && key.isNull(row)) {
        runs.lengths[i] = TextPool.NULL_LENGTH;
      }
    }
    runs.hash(rows.count);
  }

  @Override
  public void clear() {
    reader.clear();
  }

  @Override
  public void write(int key, int[] groups, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      if (pool.length(group) == TextPool.NULL_LENGTH) {
        out.setNull(i);
      } else {
        out.setBytes(i, pool.segment(group), pool.start(group), pool.length(group));
      }
    }
  }
}
