package colonnade.engine.observe;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * What one flush, commit or query of this process wrote. An immutable value.
 *
 * @param kind what wrote
 * @param place the real path of the table, the absolute path of the file, or the directory of a
 *     query's temporary files
 * @param operation what was done, in a few words, as the table's history says it
 * @param generation the generation that a commit published; 0 for all else
 * @param written what was meant, and what was written
 * @param deviceBytes bytes that the system charged to <em>this process</em> for writing to devices,
 *     since the report before of the same writer or file, or since that was opened; of a query
 *     since it began to write. Whatever else the process wrote meanwhile is in it; files in memory
 *     (tmpfs) are not. Empty where the system does not say: Linux does, in {@code /proc/self/io}
 * @param elapsedNanos how long the flush, commit or query took; of a commit from its first sync on
 */
public record WriteReport(
    Kind kind,
    String place,
    String operation,
    long generation,
    Written written,
    OptionalLong deviceBytes,
    long elapsedNanos) {
  /** What wrote. */
  public enum Kind {
    /** Stores into a mapped file were made durable. */
    FLUSH,
    /** A generation of a table was published. */
    COMMIT,
    /** A query wrote temporary files; what it wrote into a table is in the table's commits. */
    QUERY
  }

  /** One line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s of %s%s: %s; %s by this process to devices, %.3f s",
        kind.name().toLowerCase(Locale.ROOT),
        place,
        kind == Kind.COMMIT ? ", generation " + generation + " (" + operation + ")" : "",
        written,
        deviceBytes.isPresent()
            ? String.format(Locale.ROOT, "%,d bytes", deviceBytes.getAsLong())
            : "unknown",
        elapsedNanos / 1e9);
  }
}
