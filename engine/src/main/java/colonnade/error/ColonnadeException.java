package colonnade.error;

import org.jspecify.annotations.Nullable;

/**
 * What every error of Colonnade extends: what is wrong and where, why, and what to do next, in the
 * message and as fields. In the message control characters of names are escaped, because it ends in
 * terminals; the fields have names as they are.
 *
 * <p>All are unchecked. {@code src/docs/errors.md} lists when each is thrown.
 */
public class ColonnadeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final String remedy;

  /**
   * An error.
   *
   * @param place the table, column, file or expression concerned, as a user would name it
   * @param problem what is wrong, with the place and the values concerned; no full stop at the end
   * @param remedy why, if known, and what to do next, in full sentences; may be empty
   * @param cause the exception below, or null
   */
  public ColonnadeException(
      String place, String problem, String remedy, @Nullable Throwable cause) {
    super(PrintableText.of(remedy.isEmpty() ? problem : problem + ".\n" + remedy), cause);
    this.place = place;
    this.remedy = remedy;
  }

  /** The table, column, file or expression concerned. */
  public final String place() {
    return place;
  }

  /** Why it happened, if known, and what to do next; empty if the problem says it all. */
  public final String remedy() {
    return remedy;
  }
}
