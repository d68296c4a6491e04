package colonnade.engine.exec.agg;

/** The sums of one argument, which {@code sum} and {@code mean} of it share. */
abstract class Sum extends Accumulator {
  /** Writes the sums, or the means, of {@code groups} to rows {@code 0 .. count - 1}. */
  abstract void write(boolean mean, String label, int[] groups, int count, ResultColumn out);

  @Override
  final void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    throw new IllegalStateException("a sum is written by its results");
  }
}
