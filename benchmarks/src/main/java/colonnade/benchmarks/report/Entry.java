package colonnade.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** One question and what came of each contestant, ourselves first. */
public final class Entry {
  private final String question;
  private final long rows;
  private final Map<String, Cell> cells = new LinkedHashMap<>();

  /** Without contestants yet. */
  public Entry(String question, long rows) {
    this.question = question;
    this.rows = rows;
  }

  /** What was asked. */
  public String question() {
    return question;
  }

  /** Rows of the table that it was asked of. */
  public long rows() {
    return rows;
  }

  /** By contestant. */
  public Map<String, Cell> cells() {
    return cells;
  }

  /** Writes down what came of a contestant. */
  public Entry put(String contestant, Cell cell) {
    cells.put(contestant, cell);
    return this;
  }

  /** The peer's median divided by ours: above 1 if we are faster; empty unless both have one. */
  public OptionalDouble ratio(String peer) {
    return cells.get(Report.US) instanceof Cell.Measured ours
            && cells.get(peer) instanceof Cell.Measured theirs
        ? OptionalDouble.of(theirs.warm().median() / ours.warm().median())
        : OptionalDouble.empty();
  }
}
