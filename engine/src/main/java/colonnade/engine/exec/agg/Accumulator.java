package colonnade.engine.exec.agg;

import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;

/**
 * The states of one aggregate for groups {@code 0 .. capacity - 1}: either of one chunk of the
 * rows, or of all of them. A chunk's states are updated by one worker in row order, then sealed,
 * then merged in chunk order into others, by any number of threads where these are others. So what
 * they hold does not depend on the number of threads.
 */
abstract class Accumulator {
  /** Makes room for groups {@code 0 .. capacity - 1}; new ones have seen no rows. */
  abstract void resize(int capacity);

  /** Takes the next rows. */
  abstract void update(ArgumentValues values);

  /**
   * Whether the next rows may come group by group, with values from {@code vector}, and give the
   * same bits.
   */
  boolean takesGroupsApart(Vector vector) {
    return false;
  }

  /**
   * Takes the next rows of {@code group}, none of them null; the first row of the batch is a
   * multiple of {@link colonnade.engine.kernel.Accumulators#COUNT} into its chunk.
   */
  void update(int group, Vector vector, Selection rows, Kernels kernels) {
    throw new IllegalStateException(getClass() + " takes rows of all groups together");
  }

  /** Called once after the last {@link #update} of a chunk with {@code groupCount} groups. */
  void seal(int groupCount) {}

  /**
   * Merges what {@code next}, of the same class and sealed, has for groups {@code from[start + i]}
   * into groups {@code to[i]}, for {@code i < count}. {@code next} is of a later chunk and is not
   * changed.
   */
  abstract void merge(Accumulator next, int[] from, int start, int[] to, int count);

  /**
   * Computes the results of groups {@code first .. end - 1}, where that is work. Ranges may run
   * side by side; all end before {@link #write}.
   */
  void complete(int first, int end) {}

  /** The number of rows of the result that group {@code group} needs; more for none but largest. */
  int rowsOf(int group) {
    return 1;
  }

  /**
   * Writes the results of {@code groups} to rows {@code 0 .. count - 1}.
   *
   * @param ordinals which of its group's rows each row is
   */
  abstract void write(int[] groups, int[] ordinals, int count, ResultColumn out);
}
