package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import org.jspecify.annotations.Nullable;

/**
 * A grouping by hash tables that can tell where groups hardly repeat: rows are then better kept as
 * they are, parted by the hashes of their keys, and grouped part by part at the end, so that each
 * part's table stays in a core's cache and no group is looked up twice. A row so kept has a cell
 * for its key, from which the hash follows, and where the keys do not fit a cell a run of bytes.
 */
abstract class LooseGrouping implements Grouping {
  /** Fewer groups than this in a chunk are kept together if half of their rows repeat one. */
  private static final int SURE_LIMIT = 1 << 14;

  private int limit;

  /**
   * @param firstLimit groups of a chunk at which it is first asked whether they repeat enough
   */
  LooseGrouping(int firstLimit) {
    this.limit = firstLimit;
  }

  @Override
  public void assign(Batch batch, BatchRows rows) {
    read(batch, rows);
    assignUpTo(0, rows, Integer.MAX_VALUE);
  }

  /**
   * Sets the groups of rows as long as groups repeat: there are so many rows, by the time that
   * there are as many groups as the limit, that it doubles. Where they do not, no more rows are to
   * be grouped here.
   *
   * @param rowsBefore rows of the chunk before these
   * @return how many rows have their group; the keys of all have been read
   */
  int assignWhileRepeating(Batch batch, BatchRows rows, long rowsBefore) {
    read(batch, rows);
    int done = 0;
    while (true) {
      done = assignUpTo(done, rows, limit);
      if (done == rows.count || rowsBefore + done < leastRows()) {
        return done;
      }
      limit *= 2;
    }
  }

  /** Fewer than twice the limit where it is small: at first few rows repeat a group in any case. */
  private long leastRows() {
    return limit < SURE_LIMIT ? limit + limit / 4 : 2L * limit;
  }

  /** Reads the keys of the kept rows of {@code batch}. */
  abstract void read(Batch batch, BatchRows rows);

  /**
   * Sets the groups of the rows read, from number {@code from} on, but stops before the one that
   * would be group {@code most}.
   *
   * @return the first row that was not done
   */
  abstract int assignUpTo(int from, BatchRows rows, int most);

  /** A cell for each row read, by which it is kept. */
  abstract long[] looseKeys();

  /** The hash that goes with such a cell. */
  abstract long hashOfLoose(long key);

  /** What the part of each row read is to be changed by, by an exclusive or; null for nothing. */
  int @Nullable [] turns() {
    return null;
  }

  /** The runs of bytes of the rows read, if they are kept by those too. */
  @Nullable KeyRuns runs() {
    return null;
  }

  /** Says which part the groups here are of. */
  void ofPart(int number) {}

  /**
   * Sets the groups of rows {@code row .. row + count - 1} that were kept, whose cells are {@code
   * keys[at]} and those after it, from {@code groups[at]} on.
   */
  abstract void assign(PartedRows rows, int row, int count, long[] keys, int at, int[] groups);
}
