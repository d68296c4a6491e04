package colonnade;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file that could not be read, and why. Give it to {@link
 * CsvOptions#withRejects}; it is filled anew by every pass over the file, and complete when an
 * action on the frame has ended. Safe for all threads.
 */
public final class CsvRejects {
  private static final int DEFAULT_LIMIT = 10_000;
  private static final int MAX_TEXT = 1_000;

  private final int limit;
  private final List<Reject> rejects = new ArrayList<>();

  /**
   * One row that could not be read.
   *
   * @param line the line of the file that the row starts in, from 1
   * @param column the column, if one alone is to blame
   * @param reason what is wrong
   * @param text the row, cut to 1,000 characters
   */
  public record Reject(long line, @Nullable String column, String reason, String text) {}

  private CsvRejects(int limit) {
    this.limit = limit;
  }

  /** Room for 10,000 rows; one more is an error. */
  public static CsvRejects create() {
    return upTo(DEFAULT_LIMIT);
  }

  /** Room for {@code limit} rows; one more is a {@link colonnade.error.MalformedInputException}. */
  public static CsvRejects upTo(int limit) {
    return new CsvRejects(limit);
  }

  /** The number of rows rejected. */
  public synchronized int count() {
    return rejects.size();
  }

  /** The rows rejected, in the order of the file. */
  public synchronized List<Reject> list() {
    return List.copyOf(rejects);
  }

  /**
   * The rows rejected as a table with the columns line, column, reason, text; the caller closes it.
   */
  public Table table() {
    List<Reject> all = list();
    return Table.of(
        "line",
        all.stream().mapToLong(Reject::line).toArray(),
        "column",
        all.stream().map(Reject::column).toArray(String[]::new),
        "reason",
        all.stream().map(Reject::reason).toArray(String[]::new),
        "text",
        all.stream().map(Reject::text).toArray(String[]::new));
  }

  synchronized void clear() {
    rejects.clear();
  }

  /** Keeps a row; false if there is no room any more. */
  synchronized boolean add(Reject reject) {
    if (rejects.size() >= limit) {
      return false;
    }
    String text = reject.text;
    rejects.add(
        text.length() <= MAX_TEXT
            ? reject
            : new Reject(
                reject.line, reject.column, reject.reason, text.substring(0, MAX_TEXT) + "…"));
    return true;
  }
}
