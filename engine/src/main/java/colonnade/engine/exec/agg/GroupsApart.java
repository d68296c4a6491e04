package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.kernel.Accumulators;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a batch, parted by the few groups of a {@link SlotGrouping}, so that whole-column
 * loops aggregate them. Pays where bitmaps are made and read by SIMD loops. Reused; belongs to one
 * worker.
 */
final class GroupsApart {
  /** More slots than this are not taken apart, whatever is in the batch. */
  static final int MOST_GROUPS = 16;

  /** A batch that keeps fewer rows than one in this many is not taken apart. */
  private static final int SPARSE = 4;

  /** A group that has fewer rows than one in this many of its batch is a list. */
  private static final int SPARSE_GROUP = 32;

  private final Kernels kernels;
  private final List<Selection> free = new ArrayList<>();
  private final List<Selection> parts = new ArrayList<>();
  private final int[] groups = new int[MOST_GROUPS];
  private final Selection present = new Selection();

  GroupsApart(Kernels kernels) {
    this.kernels = kernels;
  }

  /** The loops to use. */
  Kernels kernels() {
    return kernels;
  }

  /**
   * Takes {@code batch} apart, if that pays now; its first row is row {@code position} of its
   * chunk.
   */
  boolean take(SlotGrouping grouping, Batch batch, long position) {
    Selection kept = batch.selection();
    if (grouping.groupCount() > MOST_GROUPS
        || grouping.keyCount() == 0
        || position % Accumulators.COUNT != 0
        || kept.count() * SPARSE < kept.size()) {
      return false;
    }
    boolean fast = kernels.maskedSumsFast();
    for (int k = 0; k < grouping.keyCount(); k++) {
      fast &= kernels.masksFast(digits(batch.cells(k)).type());
    }
    if (!fast) {
      return false;
    }
    free.addAll(parts);
    parts.clear();
    part(grouping, batch, 0, 0, kept);
    return true;
  }

  /** The groups that have rows in the batch. */
  int count() {
    return parts.size();
  }

  /** The number in its grouping of group {@code g} of those. */
  int group(int g) {
    return groups[g];
  }

  /** Its rows. */
  Selection rows(int g) {
    return parts.get(g);
  }

  /** Its rows that have a value in {@code vector}; valid until the next call. */
  Selection present(int g, Vector vector) {
    Selection all = parts.get(g);
    if (vector.validity() == null) {
      return all;
    }
    present.copyFrom(all);
    SelectionKernels.dropNulls(kernels, vector, present);
    return present;
  }

  /** Parts {@code rows}, which have the first {@code key} digits of {@code slot}. */
  private void part(SlotGrouping grouping, Batch batch, int key, int slot, Selection rows) {
    if (key == grouping.keyCount()) {
      if (rows.count() * SPARSE_GROUP < rows.size()) {
        rows.toList();
      }
      groups[parts.size()] = slot;
      parts.add(rows);
      return;
    }
    KeyDomain domain = grouping.domain(key);
    Vector encoded = batch.cells(key);
    domain.require(encoded);
    Vector values = digits(encoded);
    NumberCode code = encoded.numberCode();
    long least = code == null ? domain.least() : domain.least() - code.base();
    int left = rows.count();
    for (int digit = 0; left > 0 && digit <= domain.size(); digit++) {
      Selection some = free.isEmpty() ? new Selection() : free.removeLast();
      some.copyFrom(rows);
      if (digit == domain.size()) {
        SelectionKernels.keepNulls(kernels, values, some);
      } else {
        long value = least + digit;
        SelectionKernels.range(kernels, values, some, value, value, false);
      }
      left -= some.count();
      if (some.isEmpty()) {
        free.add(some);
        continue;
      }
      int before = parts.size();
      part(grouping, batch, key + 1, slot + digit * grouping.stride(key), some);
      if (parts.size() == before || parts.getLast() != some) {
        free.add(some);
      }
    }
  }

  /** The key's values, or its codes as integers. */
  private static Vector digits(Vector key) {
    return key.isCoded() || key.isNumberCoded() ? key.codes() : key;
  }
}
