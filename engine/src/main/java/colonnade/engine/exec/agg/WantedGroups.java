package colonnade.engine.exec.agg;

import colonnade.engine.exec.sort.SortOrder;
import java.util.List;

/**
 * Which rows of a group-by's result are wanted: the first so many in an order, rows that order
 * alike in that of the result. An immutable value.
 *
 * @param rowCount at least 0
 * @param keys the order, by columns of the result; empty for that of the result alone
 */
public record WantedGroups(long rowCount, List<SortOrder.Key> keys) {
  /** With more, nothing is gained: a part of the groups has about as many. */
  public static final long MOST = 1 << 13;

  public WantedGroups {
    keys = List.copyOf(keys);
  }
}
