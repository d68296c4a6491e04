package colonnade;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Control characters that change places with delimiter, quote and comment where those are not
 * ASCII, so that each is one byte in UTF-8. Nothing is lost: to swap twice is to do nothing. An
 * immutable value.
 */
final class CsvStandIns implements IntUnaryOperator {
  private static final int FIRST_STAND_IN = 1;

  private final int[] from;
  private final int[] to;
  private final int size;

  private CsvStandIns(CsvOptions options) {
    this.from = new int[3];
    this.to = new int[3];
    int n = 0;
    int standIn = FIRST_STAND_IN;
    @Nullable Character[] all = {options.delimiter(), options.quote(), options.comment()};
    for (Character each : all) {
      if (each != null && each >= 0x80) {
        while (isTaken(options, standIn)) {
          standIn++;
        }
        from[n] = each;
        to[n++] = standIn++;
      }
    }
    this.size = n;
  }

  static CsvStandIns of(CsvOptions options) {
    return new CsvStandIns(options);
  }

  /** Whether there are any. */
  static boolean areNeeded(CsvOptions options) {
    return new CsvStandIns(options).size > 0;
  }

  private static boolean isTaken(CsvOptions options, int c) {
    Character comment = options.comment();
    return c == '\n'
        || c == '\r'
        || c == options.delimiter()
        || c == options.quote()
        || comment != null && c == comment;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The character that stands for {@code c}, mostly itself. */
  char swap(char c) {
    return (char) applyAsInt(c);
  }

  @Override
  public int applyAsInt(int c) {
    for (int i = 0; i < size; i++) {
      if (c == from[i]) {
        return to[i];
      }
      if (c == to[i]) {
        return from[i];
      }
    }
    return c;
  }
}
