package colonnade;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * In which rows changes may have given a column another value. An immutable value.
 *
 * @param isWhole whether every row was given one, or another type: the column is written anew
 * @param rows the only rows that can have another; null where any can
 */
record Extent(boolean isWhole, @Nullable Set<Long> rows) {
  /** All rows. */
  static final Extent WHOLE = new Extent(true, null);

  /** Those for which a condition is true, however many. */
  static final Extent SOME = new Extent(false, null);

  /** One row. */
  static Extent of(long row) {
    return new Extent(false, Set.of(row));
  }

  /** Where this or another change may have given one. */
  Extent and(Extent other) {
    if (rows == null || other.rows == null) {
      return new Extent(isWhole || other.isWhole, null);
    }
    Set<Long> both = new TreeSet<>(rows);
    both.addAll(other.rows);
    return new Extent(false, both);
  }
}
