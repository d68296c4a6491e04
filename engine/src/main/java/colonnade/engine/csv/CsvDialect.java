package colonnade.engine.csv;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that have a meaning between the values of a CSV file. An immutable value.
 *
 * @param delimiter between fields
 * @param quote around fields that hold a delimiter, a quote or a line end
 * @param comment at the start of lines that are left out, or -1
 * @param keepsEmptyLines whether an empty line is a record of one empty field; else it is left out
 * @param swap what characters of the file these bytes and others stand for, where not all are
 *     themselves; its own inverse
 */
public record CsvDialect(
    byte delimiter,
    byte quote,
    int comment,
    boolean keepsEmptyLines,
    @Nullable IntUnaryOperator swap) {
  /** The delimiter as it stands in the file. */
  String delimiterText() {
    int c = delimiter & 0xff;
    return Character.toString(swap == null ? c : swap.applyAsInt(c));
  }

  /** The same, with empty lines as records or not. */
  public CsvDialect withEmptyLines(boolean kept) {
    return new CsvDialect(delimiter, quote, comment, kept, swap);
  }
}
