package colonnade.engine.store;

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

  @Override
  public String toString() {
    return remedy.isEmpty() ? problem : problem + ". " + remedy;
  }
}
