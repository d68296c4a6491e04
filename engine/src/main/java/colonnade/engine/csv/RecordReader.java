package colonnade.engine.csv;

import colonnade.engine.kernel.Swar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Reads records one by one, whatever is in them: quotes, line ends in quotes, comments, CR, LF and
 * CR LF. A field is quoted if it begins with a quote; further in, a quote is a character like any
 * other. A record whose quotes are broken ends with its first line, and the next line is read as a
 * record. Exact, and the specification of {@link RegularScan}. Not thread-safe.
 */
public final class RecordReader {
  /** The most bytes of a field. */
  public static final int MAX_FIELD_BYTES = 1 << 24;

  /** The most fields of a record: the most columns of a table. */
  public static final int MAX_FIELDS = 1 << 14;

  /** Bytes that must follow the last one of the bytes given. */
  public static final int PADDING_BYTES = Swar.PADDING_BYTES;

  /** What {@link #next()} found. */
  public enum Found {
    /** A record: see the fields. */
    RECORD,
    /** A quote that is closed before something else than a delimiter or a line end. */
    TEXT_AFTER_QUOTE,
    /** A quote that is not closed before the end of the file. */
    UNCLOSED_AT_END,
    /**
     * A field of more than {@link #MAX_FIELD_BYTES}, or a quote that is not closed within them; or
     * more than {@link #MAX_FIELDS}.
     */
    TOO_LONG,
    /** The bytes end within a record, and more may follow. */
    INCOMPLETE,
    /** Nothing is left. */
    END
  }

  /** What ends where the bytes end. */
  public enum Ending {
    /** The file. */
    FILE,
    /** A record; or one that is broken, and whose first line ended before. */
    RECORD,
    /** Perhaps nothing: more may follow. */
    UNKNOWN
  }

  private final CsvDialect dialect;
  private final long delimiters;
  private byte[] bytes = {};
  private int limit;
  private Ending ending = Ending.FILE;
  private int position;
  private long line;
  private int recordStart;
  private long recordLine;
  private int count;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int evidence;
  private Found problem = Found.END;

  public RecordReader(CsvDialect dialect) {
    this.dialect = dialect;
    this.delimiters = Swar.pattern(dialect.delimiter());
  }

  /**
   * Starts at {@code from}.
   *
   * @param source at least {@link #PADDING_BYTES} longer than {@code end}
   * @param end where the bytes end
   * @param endsWith what ends there
   * @param firstLine the number of the line at {@code from}
   */
  public void reset(byte[] source, int from, int end, Ending endsWith, long firstLine) {
    bytes = source;
    position = from;
    limit = end;
    ending = endsWith;
    line = firstLine;
  }

  /** Where the next record begins. */
  public int position() {
    return position;
  }

  /** The number of the line that the next record begins in. */
  public long line() {
    return line;
  }

  /** Where the last record begins. */
  public int recordStart() {
    return recordStart;
  }

  /** The number of the line that the last record begins in. */
  public long recordLine() {
    return recordLine;
  }

  /** The number of fields of the last record. */
  public int count() {
    return count;
  }

  /** Where field {@code i} of the last record begins, its quote included. */
  public int start(int i) {
    return starts[i];
  }

  /** Where field {@code i} of the last record ends, its quote included. */
  public int end(int i) {
    return ends[i];
  }

  /** How far the bytes had to be read to see that the last record is broken. */
  int evidence() {
    return evidence;
  }

  /** The character that follows a quote where none may, after {@link Found#TEXT_AFTER_QUOTE}. */
  public int textAfterQuote() {
    int at = evidence - 1;
    String text = new String(bytes, at, Math.min(4, limit - at), StandardCharsets.UTF_8);
    IntUnaryOperator swap = dialect.swap();
    int point = text.codePointAt(0);
    return swap == null ? point : swap.applyAsInt(point);
  }

  /** Whether the last record is UTF-8. */
  public boolean isText() {
    return Utf8.isValid(bytes, recordStart, count == 0 ? recordStart : ends[count - 1]);
  }

  /** Leaves out the next line if it starts with {@code start}; else, or at the end, false. */
  public boolean skipLineOf(byte start) {
    return position < limit && bytes[position] == start && endLine(lineEnd(position));
  }

  /** Goes to the next record. */
  public Found next() {
    while (position < limit) {
      byte b = bytes[position];
      recordStart = position;
      recordLine = line;
      count = 0;
      if (b == '\n' || b == '\r') {
        int end = position;
        if (!endLine(position)) {
          return incomplete();
        }
        if (dialect.keepsEmptyLines()) {
          add(end, end);
          return Found.RECORD;
        }
      } else if ((b & 0xff) == dialect.comment()) {
        if (!endLine(lineEnd(position))) {
          return incomplete();
        }
      } else {
        return record();
      }
    }
    return Found.END;
  }

  private Found record() {
    int at = position;
    while (true) {
      int start = at;
      if (at < limit && bytes[at] == dialect.quote()) {
        at = quotedEnd(start);
        if (at < 0) {
          return problem == Found.INCOMPLETE ? incomplete() : skipLine(problem);
        }
      } else {
        at = plainEnd(at);
      }
      if (at - start > MAX_FIELD_BYTES || count == MAX_FIELDS) {
        evidence = recordStart;
        return skipLine(Found.TOO_LONG);
      }
      add(start, at);
      if (at < limit && bytes[at] == dialect.delimiter()) {
        at++;
        continue;
      }
      return endLine(at) ? Found.RECORD : incomplete();
    }
  }

  private Found incomplete() {
    restart();
    return Found.INCOMPLETE;
  }

  private void restart() {
    position = recordStart;
    line = recordLine;
  }

  /**
   * Ends the line at {@code at}, a line end or the end of the bytes. False if it cannot be known.
   */
  private boolean endLine(int at) {
    if (at >= limit) {
      position = limit;
      line++;
      return ending != Ending.UNKNOWN;
    }
    int after = at + 1;
    if (bytes[at] == '\r') {
      if (after == limit && ending == Ending.UNKNOWN) {
        return false;
      }
      after += after < limit && bytes[after] == '\n' ? 1 : 0;
    }
    position = after;
    line++;
    return true;
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < limit && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  private int plainEnd(int from) {
    int at = from;
    while (at < limit) {
      long word = Swar.load(bytes, at);
      // Bytes 8 to 15 become 0 to 7: CR and LF are among them, others are looked at again.
      long ends = Swar.zeros((word ^ 0x0808080808080808L) & 0xf8f8f8f8f8f8f8f8L);
      long hits = ends | Swar.zeros(word ^ delimiters);
      while (hits != 0) {
        int hit = at + (Long.numberOfTrailingZeros(hits) >>> 3);
        if (hit >= limit) {
          return limit;
        }
        byte b = bytes[hit];
        if (b == '\n' || b == '\r' || b == dialect.delimiter()) {
          return hit;
        }
        hits &= hits - 1;
      }
      at += 8;
    }
    return limit;
  }

  /** Where the field that opens with a quote ends, counting lines; or -1, see {@link #problem}. */
  private int quotedEnd(int open) {
    byte quote = dialect.quote();
    int at = open + 1;
    while (true) {
      int to = Math.min(limit, open + MAX_FIELD_BYTES + 2);
      int close = Swar.indexOf(bytes, at, to, quote);
      countLines(at, close);
      if (close >= to) {
        boolean tooLong = to < limit || ending == Ending.RECORD;
        problem =
            tooLong
                ? Found.TOO_LONG
                : ending == Ending.FILE ? Found.UNCLOSED_AT_END : Found.INCOMPLETE;
        evidence = tooLong ? recordStart : limit;
        return -1;
      }
      int after = close + 1;
      if (after == limit) {
        return after;
      }
      byte b = bytes[after];
      if (b == quote) {
        at = after + 1;
      } else if (b == dialect.delimiter() || b == '\n' || b == '\r') {
        return after;
      } else {
        problem = Found.TEXT_AFTER_QUOTE;
        evidence = after + 1;
        return -1;
      }
    }
  }

  private void countLines(int from, int to) {
    for (int at = Swar.indexOf(bytes, from, to, (byte) '\n');
        at < to;
        at = Swar.indexOf(bytes, at + 1, to, (byte) '\n')) {
      line++;
    }
    for (int at = Swar.indexOf(bytes, from, to, (byte) '\r');
        at < to;
        at = Swar.indexOf(bytes, at + 1, to, (byte) '\r')) {
      line += at + 1 < limit && bytes[at + 1] == '\n' ? 0 : 1;
    }
  }

  private Found skipLine(Found reason) {
    restart();
    return endLine(lineEnd(position)) ? reason : incomplete();
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count] = end;
    count++;
  }
}
