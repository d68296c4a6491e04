package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.hash.HeapUse;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Groups by keys of any types and number, encoded as {@link KeyEncoding} has them. */
final class HashGrouping extends RunsGrouping {
  private final List<DataType> types;
  private final KeyEncoding encoding;

  HashGrouping(
      List<DataType> types,
      int firstLimit,
      int expectedGroups,
      QueryMemory.Region region,
      HeapUse heap) {
    super(firstLimit, expectedGroups, region, heap);
    this.types = types;
    this.encoding = new KeyEncoding(types, region);
  }

  @Override
  void read(Batch batch, BatchRows rows) {
    encoding.encode(batch, rows, runs());
    runs().hash(rows.count);
  }

  @Override
  public void write(int key, int[] groups, int count, ResultColumn out) {
    boolean text = types.get(key).isVariable();
    for (int i = 0; i < count; i++) {
      MemorySegment run = pool.segment(groups[i]);
      long start = pool.start(groups[i]);
      if (encoding.isNull(key, run, start)) {
        out.setNull(i);
      } else if (text) {
        out.setBytes(
            i, run, encoding.textStart(key, run, start), encoding.textLength(key, run, start));
      } else {
        out.setCell(i, encoding.cell(key, run, start));
      }
    }
  }
}
