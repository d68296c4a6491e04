package colonnade.engine.exec.expr;

/** The arguments of one row's {@link TextOperation}, and where a text result goes. */
final class TextArguments {
  private final TextBuffer[] texts;
  private final long[] numbers;
  private final TextBuffer result = new TextBuffer();
  private boolean failed;

  TextArguments(int count) {
    texts = new TextBuffer[count];
    for (int i = 0; i < count; i++) {
      texts[i] = new TextBuffer();
    }
    numbers = new long[count];
  }

  /** The number of arguments. */
  int count() {
    return texts.length;
  }

  /** Argument {@code index}, a text or bytes. */
  TextBuffer text(int index) {
    return texts[index];
  }

  /** Argument {@code index}, an integer. */
  long number(int index) {
    return numbers[index];
  }

  void setNumber(int index, long value) {
    numbers[index] = value;
  }

  /** Empty before each row: a text result is appended to it. */
  TextBuffer result() {
    return result;
  }

  /** Says that the arguments have no result; for casts. */
  long fail() {
    failed = true;
    return 0;
  }

  boolean hasFailed() {
    return failed;
  }

  /** Prepares for the next row. */
  void reset() {
    result.clear();
    failed = false;
  }
}
