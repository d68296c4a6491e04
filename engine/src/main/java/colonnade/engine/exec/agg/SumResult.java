package colonnade.engine.exec.agg;

import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;

/**
 * The results of {@code sum} or {@code mean}. The first of an argument keeps its sums; others of
 * the same argument only read them.
 */
final class SumResult extends Accumulator {
  private final Sum sum;
  private final boolean keeps;
  private final boolean mean;
  private final String label;

  private SumResult(Sum sum, boolean keeps, boolean mean, String label) {
    this.sum = sum;
    this.keeps = keeps;
    this.mean = mean;
    this.label = label;
  }

  /** The first result of {@code sum}. */
  static SumResult of(Sum sum, boolean mean, String label) {
    return new SumResult(sum, true, mean, label);
  }

  /** Another result of the same sums. */
  SumResult and(boolean otherMean, String otherLabel) {
    return new SumResult(sum, false, otherMean, otherLabel);
  }

  @Override
  void resize(int capacity) {
    if (keeps) {
      sum.resize(capacity);
    }
  }

  @Override
  void update(ArgumentValues values) {
    if (keeps) {
      sum.update(values);
    }
  }

  @Override
  boolean takesGroupsApart(Vector vector) {
    return sum.takesGroupsApart(vector);
  }

  @Override
  void update(int group, Vector vector, Selection rows, Kernels kernels) {
    if (keeps) {
      sum.update(group, vector, rows, kernels);
    }
  }

  @Override
  void seal(int groupCount) {
    if (keeps) {
      sum.seal(groupCount);
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    if (keeps) {
      sum.merge(((SumResult) next).sum, from, start, to, count);
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    sum.write(mean, label, groups, count, out);
  }
}
