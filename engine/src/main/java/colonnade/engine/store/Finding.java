package colonnade.engine.store;

import colonnade.error.ColonnadeException;

/**
 * One thing that {@link Verifier} found.
 *
 * @param kind whether data is lost
 * @param place the table, column or file concerned
 * @param problem what is wrong, and where in the file
 * @param remedy what to do about it
 */
public record Finding(Kind kind, String place, String problem, String remedy) {
  /** How bad it is. */
  public enum Kind {
    /** Committed data is not what was written. */
    DAMAGE,
    /** Something is left over that no reader sees and the next writer removes. */
    LEFTOVER
  }

  /** What an error says. */
  static Finding of(Kind kind, ColonnadeException e) {
    // The remedy stands behind the problem in the message, and apart.
    String problem = String.valueOf(e.getMessage()).split("\\.\n", 2)[0];
    return new Finding(kind, e.place(), problem, e.remedy());
  }

  @Override
  public String toString() {
    return remedy.isEmpty() ? problem : problem + ". " + remedy;
  }
}
