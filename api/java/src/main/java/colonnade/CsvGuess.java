package colonnade;

/**
 * The narrowest type that holds every value of one column seen so far: i64, f64, bool, date or
 * timestamp; text for everything else and for columns without values. Not thread-safe.
 */
final class CsvGuess {
  private boolean any;
  private boolean i64 = true;
  private boolean large;
  private boolean f64 = true;
  private boolean fraction;
  private boolean bool = true;
  private boolean date = true;
  private boolean timestamp = true;

  /** Takes the next value that is not null. */
  void see(char[] text, int start, int end) {
    any = true;
    if (f64) {
      switch (CsvNumber.shape(text, start, end)) {
        case NONE -> {
          i64 = false;
          f64 = false;
        }
        case I64 -> {}
        case LARGE -> large = true;
        case F64 -> {
          i64 = false;
          fraction = true;
        }
      }
    }
    if (bool) {
      bool = truth(text, start, end) >= 0;
    }
    if (timestamp) {
      timestamp = CsvTime.parseTimestamp(text, start, end) != CsvTime.NONE;
      date &= timestamp && end - start == 10;
    }
  }

  /** The type. */
  DataType type() {
    if (!any) {
      return DataType.UTF8;
    }
    if (i64 && !large) {
      return DataType.I64;
    }
    if (f64 && fraction) {
      return DataType.F64;
    }
    if (bool) {
      return DataType.BOOL;
    }
    return !timestamp ? DataType.UTF8 : date ? DataType.DATE : DataType.TIMESTAMP_MICROS;
  }

  /** 1 for true, 0 for false, in lower, upper or title case; else -1. */
  static int truth(char[] text, int start, int end) {
    int length = end - start;
    if (length != 4 && length != 5) {
      return -1;
    }
    return switch (new String(text, start, length)) {
      case "true", "TRUE", "True" -> 1;
      case "false", "FALSE", "False" -> 0;
      default -> -1;
    };
  }
}
