package colonnade.engine.exec.agg;

import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.exec.hash.TextPool;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Groups by keys as runs of bytes, whose numbers in a pool are the numbers of the groups. */
abstract class RunsGrouping extends LooseGrouping {
  /** The runs of all groups. */
  final TextPool pool;

  /** The runs of the rows last read. */
  private @Nullable KeyRuns runs;

  private long[] starts = new long[0];
  private int[] lengths = new int[0];

  RunsGrouping(int firstLimit, int expectedGroups, QueryMemory.Region region, HeapUse heap) {
    super(firstLimit);
    this.pool = new TextPool(expectedGroups, region, heap);
  }

  @Override
  int assignUpTo(int from, BatchRows rows, int most) {
    KeyRuns read = runs();
    return pool.addUpTo(
        read.bytes, read.starts, read.lengths, read.hashes, from, rows.count, most, rows.groups);
  }

  @Override
  long[] looseKeys() {
    return runs().hashes;
  }

  @Override
  long hashOfLoose(long key) {
    return key;
  }

  @Override
  KeyRuns runs() {
    KeyRuns read = runs;
    if (read == null) {
      read = new KeyRuns();
      runs = read;
    }
    return read;
  }

  @Override
  void assign(PartedRows rows, int row, int count, long[] keys, int at, int[] groups) {
    if (starts.length == 0) {
      starts = new long[Sizes.BATCH_ROWS];
      lengths = new int[Sizes.BATCH_ROWS];
    }
    rows.copyRuns(row, count, starts, lengths, at);
    pool.addLasting(
        Objects.requireNonNull(rows.runs()), starts, lengths, keys, at, at + count, groups);
  }

  @Override
  public int groupCount() {
    return pool.size();
  }

  @Override
  public long hash(int group) {
    return pool.hash(group);
  }

  @Override
  public void add(
      Grouping next, int[] groups, int start, int count, boolean lasting, int[] numbers) {
    pool.add(((RunsGrouping) next).pool, groups, start, count, lasting, numbers);
  }

  @Override
  public void clear() {
    pool.clear();
  }
}
