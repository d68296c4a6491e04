package colonnade.engine.exec.agg;

import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.util.function.IntToLongFunction;

/** The results of {@code count} and {@code count_present}, which other states hold. */
final class CountResult extends Accumulator {
  private final IntToLongFunction counts;

  CountResult(IntToLongFunction counts) {
    this.counts = counts;
  }

  @Override
  void resize(int capacity) {}

  @Override
  void update(ArgumentValues values) {}

  @Override
  boolean takesGroupsApart(Vector vector) {
    return true;
  }

  @Override
  void update(int group, Vector vector, Selection rows, Kernels kernels) {}

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {}

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      out.setLong(i, counts.applyAsLong(groups[i]));
    }
  }
}
