package colonnade.engine.kernel;

/**
 * Finds the bytes that cut text into fields. The text is on the heap, where those who parse it have
 * it; unlike other loops these see no native memory.
 */
public interface MarkKernels {
  /** In what {@link #markFields} returns: there is a quote. */
  int QUOTES = 1;

  /** There is a carriage return. */
  int RETURNS = 2;

  /** There is a byte above 127. */
  int NOT_ASCII = 4;

  /**
   * Looks at {@code 64 * wordCount} bytes from {@code from} on. Bit {@code i % 64} of word {@code i
   * / 64} is set in {@code feeds} where byte {@code i} is a line feed, and in {@code marks} where
   * it is that or {@code delimiter}.
   *
   * @return what else there is among the bytes
   */
  default int markFields(
      byte[] bytes,
      int from,
      int wordCount,
      byte delimiter,
      byte quote,
      long[] marks,
      long[] feeds) {
    long delimiters = Swar.pattern(delimiter);
    long quotes = Swar.pattern(quote);
    long lineFeeds = Swar.pattern((byte) '\n');
    long returns = Swar.pattern((byte) '\r');
    long quoteMarks = 0;
    long returnMarks = 0;
    long all = 0;
    for (int w = 0; w < wordCount; w++) {
      long feed = 0;
      long mark = 0;
      for (int i = 0; i < Long.SIZE; i += 8) {
        long word = Swar.load(bytes, from + Long.SIZE * w + i);
        long isFeed = Swar.zeros(word ^ lineFeeds);
        quoteMarks |= Swar.zeros(word ^ quotes);
        returnMarks |= Swar.zeros(word ^ returns);
        all |= word;
        feed |= Swar.gather(isFeed) << i;
        mark |= Swar.gather(isFeed | Swar.zeros(word ^ delimiters)) << i;
      }
      feeds[w] = feed;
      marks[w] = mark;
    }
    return (quoteMarks != 0 ? QUOTES : 0)
        | (returnMarks != 0 ? RETURNS : 0)
        | ((all & Swar.HIGH_BITS) != 0 ? NOT_ASCII : 0);
  }
}
