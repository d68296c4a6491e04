package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.error.ComputationException;

/** The errors of single rows, in one wording. */
final class Failures {
  private static final int SHOWN_CHARACTERS = 60;

  private Failures() {}

  /** An error of a row, given the expression's text and the values concerned. */
  interface Kind {
    ComputationException at(String text, String values, Batch batch, int row);
  }

  /** A result that an integer cannot hold. */
  static ComputationException overflow(String text, String operation, Batch batch, int row) {
    return new ComputationException(
        text,
        text + " overflows at row " + (batch.firstRow() + row) + ": " + operation,
        "Cast an operand to f64, which is rounded instead.");
  }

  /** A result that a date or timestamp cannot hold. */
  static ComputationException outOfTime(String text, String operation, Batch batch, int row) {
    return new ComputationException(
        text,
        text
            + " leaves the range of dates and timestamps at row "
            + (batch.firstRow() + row)
            + ": "
            + operation,
        "Filter such rows out first, or replace them with when(...).");
  }

  /** A value that has no counterpart in another type. */
  static ComputationException cast(String text, String value, DataType to, Batch batch, int row) {
    String shown =
        value.length() <= SHOWN_CHARACTERS ? value : value.substring(0, SHOWN_CHARACTERS) + "…";
    return new ComputationException(
        text,
        "'" + shown + "' is no " + to + " at row " + (batch.firstRow() + row) + " of " + text,
        "Use the lenient cast, tryCast, to make such values null.");
  }
}
