package colonnade.engine.csv;

/** Truth values: true and false in lower, upper or title case. */
final class TruthText {
  private TruthText() {}

  /** 1 for true, 0 for false, else -1. */
  static int parse(byte[] text, int start, int end) {
    return switch (end - start) {
      case 4 -> isAny(text, start, "true", "TRUE", "True") ? 1 : -1;
      case 5 -> isAny(text, start, "false", "FALSE", "False") ? 0 : -1;
      default -> -1;
    };
  }

  private static boolean isAny(byte[] text, int start, String a, String b, String c) {
    return NumberText.is(text, start, a)
        || NumberText.is(text, start, b)
        || NumberText.is(text, start, c);
  }
}
