package colonnade;

/** What a table is opened for, as far as it matters to {@link ReadMode}. */
public enum Access {
  /** Queries over many rows. */
  SCANS,
  /** Single rows, here and there. */
  SINGLE_ROWS
}
