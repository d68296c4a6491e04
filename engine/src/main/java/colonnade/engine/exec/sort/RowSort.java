package colonnade.engine.exec.sort;

import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.Sizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts row numbers by strings of bits: as many bits as fit beside a row's place into a long are
 * sorted with it, then the rows of each run that these bits do not tell apart by the bits that
 * follow. Because the place is part of what is sorted, rows of equal keys keep their order. Long
 * runs are sorted one after the other on all of the query's threads, the others side by side.
 */
final class RowSort {
  /** Runs up to this are sorted by whoever finds them. */
  private static final int SHORT_RUN = 1 << 12;

  /** Runs above this are sorted on all threads. */
  private static final int LONG_RUN = 1 << 18;

  /** Up to so many rows are compared with each other. */
  private static final int FEW = 8;

  /** Deeper than this, rows share so many bits that comparing them whole is faster. */
  private static final int DEEPEST = 100;

  /** A value's bits and its row's place together are never negative. */
  private static final int USABLE_BITS = 63;

  private final List<SortStage> stages;
  private final QueryContext context;
  private int[] order = new int[0];

  RowSort(List<SortStage> stages, QueryContext context) {
    this.stages = stages;
    this.context = context;
  }

  /** The numbers of rows {@code 0 .. count - 1}, sorted. */
  int[] sort(int count) {
    order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    sortLong(new Run(0, count, 0, 0, 0), true);
    return order;
  }

  /** A range of {@code order} whose rows are equal up to {@code bit} of stage {@code stage}. */
  private record Run(int from, int to, int stage, long bit, int depth) {
    int count() {
      return to - from;
    }

    Run at(int newStage, long newBit) {
      return new Run(from, to, newStage, newBit, depth);
    }
  }

  /** Sorts a run on all threads. */
  private void sortLong(Run run, boolean isAll) {
    int[] rows = isAll ? null : Arrays.copyOfRange(order, run.from, run.to);
    List<Run> runs = Collections.synchronizedList(new ArrayList<>());
    step(run, rows, true, runs);
    List<Run> others = new ArrayList<>();
    for (Run each : runs) {
      if (each.count() > LONG_RUN) {
        sortLong(each, false);
      } else {
        others.add(each);
      }
    }
    Parallel.run(context, others.size(), r -> sortShort(others.get((int) r)));
  }

  /** Sorts a run on this thread. */
  private void sortShort(Run run) {
    if (run.count() <= FEW) {
      insert(run);
    } else if (run.depth > DEEPEST) {
      merge(run);
    } else {
      List<Run> runs = new ArrayList<>();
      step(run, Arrays.copyOfRange(order, run.from, run.to), false, runs);
      runs.forEach(this::sortShort);
    }
  }

  /**
   * Sorts {@code rows}, the row numbers of {@code run}, by the next bits in which they differ, and
   * gives the runs that are left; a run found on all threads is sorted at once if it is short.
   */
  private void step(Run run, int @Nullable [] rows, boolean onAllThreads, List<Run> left) {
    int count = run.count();
    int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, count - 1));
    Run at = run;
    while (count > 1 && at.stage < stages.size()) {
      SortStage stage = stages.get(at.stage);
      long bit = stage.next(at.bit, rows, count);
      if (bit == SortStage.DONE) {
        at = at.at(at.stage + 1, 0);
        continue;
      }
      int width = Math.min(stage.width(bit, USABLE_BITS - placeBits), USABLE_BITS - placeBits);
      long[] packed = packed(stage, bit, width, rows, count, placeBits, onAllThreads);
      if (RadixSort.differing(packed, 0, count) >>> placeBits == 0) {
        at = at.at(at.stage, stage.pastCommon(bit, width, rows, count));
        continue;
      }
      if (onAllThreads) {
        RadixSort.sort(packed, placeBits, context);
      } else {
        RadixSort.sort(packed, count, placeBits, new long[count]);
      }
      Run sorted = at.at(at.stage, stage.after(bit, width));
      int slice = onAllThreads ? Sizes.BLOCK_ROWS : count;
      if (onAllThreads) {
        Parallel.run(
            context,
            (count + slice - 1) / slice,
            s -> settle(sorted, rows, packed, placeBits, (int) s * slice, slice, left));
      } else {
        settle(sorted, rows, packed, placeBits, 0, count, left);
      }
      return;
    }
  }

  private long[] packed(
      SortStage stage,
      long bit,
      int width,
      int @Nullable [] rows,
      int count,
      int placeBits,
      boolean onAllThreads) {
    long[] packed = new long[count];
    if (!onAllThreads) {
      stage.read(bit, width, rows, 0, count, packed);
      for (int i = 0; i < count; i++) {
        packed[i] = packed[i] << placeBits | i;
      }
      return packed;
    }
    Parallel.run(
        context,
        (count + Sizes.BLOCK_ROWS - 1) / Sizes.BLOCK_ROWS,
        s -> {
          int first = (int) s * Sizes.BLOCK_ROWS;
          int n = Math.min(Sizes.BLOCK_ROWS, count - first);
          long[] bits = new long[n];
          int[] part = rows == null ? null : Arrays.copyOfRange(rows, first, first + n);
          stage.read(bit, width, part, first, n, bits);
          for (int i = 0; i < n; i++) {
            packed[first + i] = bits[i] << placeBits | first + i;
          }
        });
    return packed;
  }

  /** Writes the order of the runs that start in a slice, and sorts them further or lists them. */
  private void settle(
      Run run,
      int @Nullable [] rows,
      long[] packed,
      int placeBits,
      int first,
      int slice,
      List<Run> left) {
    int mask = (1 << placeBits) - 1;
    int count = run.count();
    int end = Math.min(count, first + slice);
    int i = first;
    while (i > 0 && i < end && packed[i] >>> placeBits == packed[i - 1] >>> placeBits) {
      i++;
    }
    while (i < end) {
      long bits = packed[i] >>> placeBits;
      int start = i;
      do {
        int place = (int) packed[i] & mask;
        order[run.from + i] = rows == null ? place : rows[place];
        i++;
      } while (i < count && packed[i] >>> placeBits == bits);
      if (i - start > 1) {
        Run equal = new Run(run.from + start, run.from + i, run.stage, run.bit, run.depth + 1);
        if (isLeft(equal)) {
          if (equal.count() <= SHORT_RUN) {
            sortShort(equal);
          } else {
            left.add(equal);
          }
        }
      }
    }
  }

  /** Whether there are more keys by which the rows of a run may differ. */
  private boolean isLeft(Run run) {
    return run.stage + 1 < stages.size()
        || stages.get(run.stage).next(run.bit, order, 0) != SortStage.DONE;
  }

  private void insert(Run run) {
    for (int i = run.from + 1; i < run.to; i++) {
      int row = order[i];
      int at = i;
      while (at > run.from && compare(order[at - 1], row, run.stage) > 0) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = row;
    }
  }

  private void merge(Run run) {
    Integer[] rows = new Integer[run.count()];
    Arrays.setAll(rows, i -> order[run.from + i]);
    Arrays.sort(rows, (a, b) -> compare(a, b, run.stage));
    for (int i = 0; i < rows.length; i++) {
      order[run.from + i] = rows[i];
    }
  }

  /** The order of two rows by the keys from {@code stage} on. */
  private int compare(int a, int b, int stage) {
    for (int s = stage; s < stages.size(); s++) {
      int order = stages.get(s).compare(a, b);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
