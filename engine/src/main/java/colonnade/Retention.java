package colonnade;

import java.util.OptionalLong;

/**
 * How many generations of a table are kept for those who want to look or go back. An immutable
 * value, kept in the table's manifest, so that every writer keeps to it.
 *
 * <p>Generations share the files of columns that did not change, so an append costs hardly anything
 * to keep, and a rewritten column once its size. The newest generation and the one before it are
 * always kept, and so is any that a reader has open.
 *
 * @param generations how many are kept at most, the newest included; at least 2
 * @param extraBytes the bytes that older generations may take together beside those that the newest
 *     needs itself; empty for as many as the newest takes
 */
public record Retention(int generations, OptionalLong extraBytes) {
  /** The most that can be kept. */
  public static final int MAX_GENERATIONS = 100_000;

  /** Ten generations, as long as the older ones take no more bytes than the newest. */
  public static final Retention DEFAULT = new Retention(10, OptionalLong.empty());

  /** Refuses fewer than two generations, and negative bytes. */
  public Retention {
    if (generations < 2 || generations > MAX_GENERATIONS) {
      throw new IllegalArgumentException(
          "a table keeps from 2 to " + MAX_GENERATIONS + " generations, not " + generations);
    }
    if (extraBytes.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "older generations cannot take " + extraBytes.getAsLong() + " bytes");
    }
  }

  /** So many generations, whatever they take. */
  public static Retention generations(int generations) {
    return new Retention(generations, OptionalLong.of(Long.MAX_VALUE));
  }

  /** The same within so many bytes for the older generations together. */
  public Retention withinBytes(long bytes) {
    return new Retention(generations, OptionalLong.of(bytes));
  }

  /** The bytes that older generations may take beside a newest one of {@code newestBytes}. */
  public long extraBytes(long newestBytes) {
    return extraBytes.orElse(newestBytes);
  }

  /** As in {@code 10 generations within 5,000 bytes}. */
  @Override
  public String toString() {
    String within =
        extraBytes.isEmpty()
            ? " within the size of the newest"
            : extraBytes.getAsLong() == Long.MAX_VALUE
                ? ""
                : String.format(java.util.Locale.ROOT, " within %,d bytes", extraBytes.getAsLong());
    return generations + " generations" + within;
  }
}
