package colonnade.engine.csv;

import colonnade.engine.kernel.Kernels;
import colonnade.engine.kernel.MarkKernels;

/**
 * Finds the fields of lines that have no quotes, no comments and the right number of fields, which
 * are most lines of most files: a kernel makes bitmaps of delimiters and line ends, and no branch
 * depends on a single byte. What it does not take it leaves to {@link RecordReader}. Not
 * thread-safe.
 */
final class RegularScan {
  /** Words of a bitmap that are made at a time; what a batch does not need of them is wasted. */
  private static final int WORDS = 32;

  private final CsvDialect dialect;
  private final Kernels kernels = Kernels.adaptive();
  private final long[] marks = new long[WORDS];
  private final long[] feeds = new long[WORDS];
  private int position;
  private boolean hasReturns;
  private boolean isAscii;
  private boolean hasQuotes;

  RegularScan(CsvDialect dialect) {
    this.dialect = dialect;
  }

  /** Where the first line begins that is not in the batch. */
  int position() {
    return position;
  }

  /** Whether all bytes of the last batch, and some after it, were below 128. */
  boolean isAscii() {
    return isAscii;
  }

  /** Whether what follows the place where the last scan failed may be regular. */
  boolean mayTryAgain() {
    return !hasQuotes;
  }

  /**
   * Fills the ends of {@code batch} from {@code [from, to)}.
   *
   * @return the rows, or 0 if a line among the next ones is not regular
   */
  int scan(byte[] bytes, int from, int to, FieldBatch batch) {
    int[] ends = batch.ends;
    int columns = batch.columns;
    int wanted = batch.capacity * columns;
    // A line that ends with the chunk ends with its padding.
    int limit = bytes[to - 1] == '\n' ? to : to + 1;
    int seen = 0;
    int lines = 0;
    int n = 0;
    int at = from;
    while (at < limit && n < wanted) {
      int words = Math.min(WORDS, (limit - at + Long.SIZE - 1) / Long.SIZE);
      seen |=
          kernels.markFields(bytes, at, words, dialect.delimiter(), dialect.quote(), marks, feeds);
      for (int w = 0; w < words && n < wanted; w++) {
        long kept = limit - at < Long.SIZE ? (1L << limit - at) - 1 : -1;
        lines += Long.bitCount(feeds[w] & kept);
        n = put(ends, n, at, marks[w] & kept);
        at += Long.SIZE;
      }
    }
    hasQuotes = (seen & MarkKernels.QUOTES) != 0;
    hasReturns = (seen & MarkKernels.RETURNS) != 0;
    isAscii = (seen & MarkKernels.NOT_ASCII) == 0;
    int rows = Math.min(n, wanted) / columns;
    for (int i = rows * columns; i < n; i++) {
      lines -= bytes[ends[i]] == '\n' ? 1 : 0;
    }
    if (rows == 0 || hasQuotes || lines != rows) {
      return 0;
    }
    return isRegular(bytes, from, batch, rows) ? rows : 0;
  }

  /**
   * Writes the places of the bits, eight at a time: more than there are, but no branch for each.
   */
  private static int put(int[] ends, int n, int at, long mask) {
    int count = Long.bitCount(mask);
    long left = mask;
    for (int i = 0; i < count; i += 8) {
      int to = n + i;
      ends[to] = at + Long.numberOfTrailingZeros(left);
      left &= left - 1;
      ends[to + 1] = at + Long.numberOfTrailingZeros(left);
      left &= left - 1;
      ends[to + 2] = at + Long.numberOfTrailingZeros(left);
      left &= left - 1;
      ends[to + 3] = at + Long.numberOfTrailingZeros(left);
      left &= left - 1;
      ends[to + 4] = at + Long.numberOfTrailingZeros(left);
      left &= left - 1;
      ends[to + 5] = at + Long.numberOfTrailingZeros(left);
      left &= left - 1;
      ends[to + 6] = at + Long.numberOfTrailingZeros(left);
      left &= left - 1;
      ends[to + 7] = at + Long.numberOfTrailingZeros(left);
      left &= left - 1;
    }
    return n + count;
  }

  /** Whether each line has its fields: as there are as many lines as rows, it must end with one. */
  private boolean isRegular(byte[] bytes, int from, FieldBatch batch, int rows) {
    int[] ends = batch.ends;
    int columns = batch.columns;
    int start = from;
    int returned = 0;
    boolean regular = true;
    int comment = dialect.comment();
    for (int last = columns - 1; last < rows * columns; last += columns) {
      int end = ends[last];
      regular &= bytes[end] == '\n' & (bytes[start] & 0xff) != comment;
      returned += end > start && bytes[end - 1] == '\r' ? 1 : 0;
      start = end + 1;
    }
    position = start;
    return regular && (!hasReturns || returned == returnsIn(bytes, from, start));
  }

  private static int returnsIn(byte[] bytes, int from, int to) {
    int count = 0;
    for (int at = from; at < to; at++) {
      count += bytes[at] == '\r' ? 1 : 0;
    }
    return count;
  }

  /** Takes the CR before a line end off the last fields. */
  void trim(FieldBatch batch) {
    if (!hasReturns) {
      return;
    }
    byte[] bytes = batch.bytes();
    for (int r = 0; r < batch.rows(); r++) {
      int last = r * batch.columns + batch.columns - 1;
      int end = batch.ends[last];
      if (end > batch.firsts[r] && bytes[end - 1] == '\r') {
        batch.ends[last]--;
      }
    }
  }
}
