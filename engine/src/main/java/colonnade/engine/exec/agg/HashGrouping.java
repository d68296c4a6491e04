package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.exec.hash.KeyTable;
import colonnade.engine.exec.hash.TextPool;
import colonnade.engine.store.Vector;
import java.util.List;

/** Groups by keys of any types and number, through a hash table of key rows. */
final class HashGrouping implements Grouping {
  private final KeyTable table;
  private final Vector[] keys;

  HashGrouping(List<DataType> types, int expectedGroups, QueryMemory.Region region, HeapUse heap) {
    this.table = new KeyTable(types, expectedGroups, region, heap);
    this.keys = new Vector[types.size()];
  }

  @Override
  public void assign(Batch batch, BatchRows rows) {
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.cells(k);
    }
    table.add(keys, rows.rows, rows.count, rows.groups);
  }

  @Override
  public int groupCount() {
    return table.size();
  }

  @Override
  public long hash(int group) {
    return table.hash(group);
  }

  @Override
  public void add(
      Grouping next, int[] groups, int start, int count, boolean lasting, int[] numbers) {
    table.add(((HashGrouping) next).table, groups, start, count, lasting, numbers);
  }

  @Override
  public void clear() {
    table.clear();
  }

  @Override
  public void write(int key, int[] groups, int count, ResultColumn out) {
    TextPool texts = table.texts(key);
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      if (table.isNull(key, group)) {
        out.setNull(i);
      } else if (texts == null) {
        out.setCell(i, table.cell(key, group));
      } else {
        int id = (int) table.cell(key, group);
        out.setBytes(i, texts.segment(id), texts.start(id), texts.length(id));
      }
    }
  }
}
