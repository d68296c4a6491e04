package colonnade;

/**
 * When the bytes of a stored column are compared with the checksums that were written with them.
 * The manifest and the lengths of files are checked at every open, all bytes by {@code verify}.
 */
public enum Checks {
  /** Not when rows are read. */
  NEVER,
  /**
   * When bytes are read for the first time since the table was opened; what fails is a {@link
   * colonnade.error.CorruptColumnException}. They are copied then, whatever the {@link ReadMode}.
   */
  ON_TOUCH
}
