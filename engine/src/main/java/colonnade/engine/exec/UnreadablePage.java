package colonnade.engine.exec;

import colonnade.error.ColonnadeException;
import colonnade.error.CorruptColumnException;

/** What an access fault while mapped rows were read means to a user. */
public final class UnreadablePage {
  private UnreadablePage() {}

  /** The error for a fault among {@code rowCount} rows from {@code firstRow} on. */
  public static ColonnadeException of(
      Source source, int[] columns, long firstRow, long rowCount, InternalError cause) {
    if (source instanceof BlockSource blocks) {
      ColonnadeException known = blocks.fault(columns, firstRow, rowCount);
      if (known != null) {
        known.addSuppressed(cause);
        return known;
      }
    }
    return new CorruptColumnException(
        source.name(),
        "a page of "
            + source.name()
            + " could not be read while rows "
            + firstRow
            + " to "
            + (firstRow + rowCount)
            + " were scanned",
        "A file was cut short, or its disk failed, after it was mapped. The query's results"
            + " were discarded. Run `colonnade verify` on the table.",
        cause);
  }
}
