package colonnade.cli.doctor;

/**
 * One thing that was looked at. An immutable value.
 *
 * @param level whether something is to be done
 * @param subject what was looked at
 * @param found what it is
 * @param remedy what to change, or why not; empty if there is nothing to say
 */
public record Advice(Level level, String subject, String found, String remedy) {
  /** How much it matters. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Good to know. */
    NOTE,
    /** Costs speed or safety. */
    CHANGE
  }

  static Advice ok(String subject, String found) {
    return new Advice(Level.OK, subject, found, "");
  }

  static Advice note(String subject, String found, String remedy) {
    return new Advice(Level.NOTE, subject, found, remedy);
  }

  static Advice change(String subject, String found, String remedy) {
    return new Advice(Level.CHANGE, subject, found, remedy);
  }
}
