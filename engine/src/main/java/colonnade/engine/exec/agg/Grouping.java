package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;

/**
 * Numbers the groups of rows by their keys: of one chunk, in the order that it meets them, or of
 * several. Used by one worker at a time, and read by any once it is complete.
 */
interface Grouping {
  /** Sets the group of each row of {@code rows}. */
  void assign(Batch batch, BatchRows rows);

  /** Groups are numbered {@code 0 .. groupCount() - 1}. */
  int groupCount();

  /** Whether the numbers follow from the keys alone, so that all chunks number groups alike. */
  default boolean isFixed() {
    return false;
  }

  /** The hash of a group's keys, the same in every chunk; upper and lower bits equally good. */
  long hash(int group);

  /**
   * Adds groups {@code groups[start + i]}, for {@code i < count}, of another of the same class, and
   * writes their numbers here to {@code numbers[i]}.
   *
   * @param lasting whether the other's memory lives as long as this one and holds the same groups
   *     until then
   */
  void add(Grouping next, int[] groups, int start, int count, boolean lasting, int[] numbers);

  /** Forgets all groups and keeps the memory; only where groups are not fixed. */
  default void clear() {
    throw new IllegalStateException("fixed groups cannot be forgotten");
  }

  /** Writes the values of key {@code key} of {@code groups} to rows {@code 0 .. count - 1}. */
  void write(int key, int[] groups, int count, ResultColumn out);
}
