package colonnade.engine.exec.agg;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * The groups of a chunk, parted by the upper bits of their hashes; within a part in their order.
 *
 * @param order the groups, part after part
 * @param starts where in {@code order} each part starts, and where the last ends
 */
record PartedGroups(int[] order, int[] starts) {
  /** Groups of all chunks in a part, about: what stays in a core's cache. */
  private static final int PART_GROUPS = 1 << 15;

  private static final int MOST_PARTS = 1 << 10;

  /** Parts when the number of rows is not known. */
  private static final int UNKNOWN_PARTS = 256;

  /** The number of parts, a power of two, for so many groups in all chunks. */
  static int partsFor(long groups) {
    int parts = 1;
    while (parts < MOST_PARTS && (long) parts * PART_GROUPS < groups) {
      parts *= 2;
    }
    return parts;
  }

  /** The number of parts for an input of at most so many rows; -1 if that is not known. */
  static int partsForRows(long rows) {
    return rows < 0 ? UNKNOWN_PARTS : partsFor(rows);
  }

  /** Parts groups {@code 0 .. count - 1}. */
  static PartedGroups of(int count, IntToLongFunction hash, int parts) {
    int[] order = new int[count];
    int[] starts = new int[parts + 1];
    if (parts == 1) {
      Arrays.setAll(order, i -> i);
      starts[1] = count;
      return new PartedGroups(order, starts);
    }
    int shift = 64 - Integer.numberOfTrailingZeros(parts);
    for (int group = 0; group < count; group++) {
      starts[(int) (hash.applyAsLong(group) >>> shift) + 1]++;
    }
    for (int part = 0; part < parts; part++) {
      starts[part + 1] += starts[part];
    }
    for (int group = 0; group < count; group++) {
      order[starts[(int) (hash.applyAsLong(group) >>> shift)]++] = group;
    }
    System.arraycopy(starts, 0, starts, 1, parts);
    starts[0] = 0;
    return new PartedGroups(order, starts);
  }

  /** Groups in {@code part}. */
  int count(int part) {
    return starts[part + 1] - starts[part];
  }
}
