package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.exec.hash.TextPool;
import colonnade.engine.exec.hash.TextReader;

/** Groups by one key of text or bytes, whose numbers in a pool are the numbers of the groups. */
final class TextGrouping implements Grouping {
  private final TextPool texts;
  private final TextReader reader;
  private final long[] numbers = new long[Sizes.BATCH_ROWS];

  TextGrouping(QueryMemory.Region region, HeapUse heap) {
    this.texts = new TextPool(region, heap);
    this.reader = new TextReader(texts, true, true);
  }

  @Override
  public void assign(Batch batch, BatchRows rows) {
    reader.read(batch.cells(0), rows.rows, rows.count, numbers);
    for (int i = 0; i < rows.count; i++) {
      rows.groups[i] = (int) numbers[i];
    }
  }

  @Override
  public int groupCount() {
    return texts.size();
  }

  @Override
  public long hash(int group) {
    return texts.hash(group);
  }

  @Override
  public void add(
      Grouping next, int[] groups, int start, int count, boolean lasting, int[] numbers) {
    texts.add(((TextGrouping) next).texts, groups, start, count, lasting, numbers);
  }

  @Override
  public void clear() {
    reader.clear();
  }

  @Override
  public void write(int key, int[] groups, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      if (texts.length(group) == TextPool.NULL_LENGTH) {
        out.setNull(i);
      } else {
        out.setBytes(i, texts.segment(group), texts.start(group), texts.length(group));
      }
    }
  }
}
