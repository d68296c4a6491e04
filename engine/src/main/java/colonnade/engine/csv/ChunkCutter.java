package colonnade.engine.csv;

import colonnade.engine.kernel.Swar;
import colonnade.error.MalformedInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into chunks that begin and end with a record. Where a chunk has no quotes
 * that takes no more than a look for the last line end; else its records are read one by one. Used
 * by one thread at a time.
 */
public final class ChunkCutter {
  /** The most bytes of a record. */
  private static final int MAX_RECORD_BYTES = 1 << 26;

  private final InputStream in;
  private final String name;
  private final CsvDialect dialect;
  private final RecordReader records;
  private final int chunkBytes;
  private byte[] rest = {};
  private int restFrom;
  private int restTo;
  private boolean ended;

  /**
   * Cuts what follows in {@code in}.
   *
   * @param name what messages call the file
   * @param chunkBytes about how long a chunk is; longer only where a record is
   */
  public ChunkCutter(InputStream in, String name, CsvDialect dialect, int chunkBytes) {
    this.in = in;
    this.name = name;
    this.dialect = dialect;
    this.records = new RecordReader(dialect);
    this.chunkBytes = chunkBytes;
  }

  /**
   * The next chunk, or null at the end.
   *
   * @param reusable an array that may become the chunk's
   */
  public @Nullable CsvChunk next(byte[] reusable) throws IOException {
    byte[] bytes = reusable;
    int length = 0;
    for (int size = chunkBytes; ; size *= 2) {
      if (bytes.length < size + Swar.PADDING_BYTES) {
        bytes = Arrays.copyOf(bytes, size + Swar.PADDING_BYTES);
      }
      length += fill(bytes, length, size);
      if (length == 0) {
        return null;
      }
      boolean isLast = ended && restFrom == restTo;
      int end = cut(bytes, length, isLast, size > chunkBytes);
      if (end == 0 && isLast) {
        end = length;
      }
      if (end > 0) {
        giveBack(bytes, end, length);
        return CsvChunk.of(bytes, end, isLast && end == length);
      }
      if (size >= MAX_RECORD_BYTES) {
        throw new MalformedInputException(
            name,
            name + " has a line of more than 64 MiB",
            "It is no CSV file, or its lines end in another way.");
      }
    }
  }

  private int fill(byte[] bytes, int from, int to) throws IOException {
    int kept = Math.min(to - from, restTo - restFrom);
    System.arraycopy(rest, restFrom, bytes, from, kept);
    restFrom += kept;
    int wanted = to - from - kept;
    int read = ended || wanted == 0 ? 0 : in.readNBytes(bytes, from + kept, wanted);
    ended |= read < wanted;
    return kept + read;
  }

  /** Keeps {@code [from, to)} for the next chunk, before what is kept already. */
  private void giveBack(byte[] bytes, int from, int to) {
    int n = to - from;
    if (restFrom < restTo) {
      // All of it came from there.
      restFrom -= n;
      return;
    }
    if (rest.length < n) {
      rest = new byte[Math.max(n, 2 * rest.length)];
    }
    System.arraycopy(bytes, from, rest, 0, n);
    restFrom = 0;
    restTo = n;
  }

  /**
   * Where the last record ends that ends here for certain, or the first, where a chunk had to be
   * made longer for it; 0 if none does.
   */
  private int cut(byte[] bytes, int length, boolean isLast, boolean onlyFirst) {
    if (isLast && !onlyFirst) {
      return length;
    }
    if (onlyFirst || Swar.indexOf(bytes, 0, length, dialect.quote()) < length) {
      return cutRecords(bytes, length, onlyFirst);
    }
    int at = length - 1;
    while (at >= 0 && bytes[at] != '\n') {
      at--;
    }
    if (at >= 0) {
      return at + 1;
    }
    // Perhaps lines end in CR. One at the very end may be half of a CR LF.
    at = length - 2;
    while (at >= 0 && bytes[at] != '\r') {
      at--;
    }
    return at + 1;
  }

  private int cutRecords(byte[] bytes, int length, boolean onlyFirst) {
    records.reset(bytes, 0, length, RecordReader.Ending.UNKNOWN, 1);
    int end = 0;
    int evidence = 0;
    while (true) {
      RecordReader.Found found = records.next();
      switch (found) {
        case RECORD -> {}
        case TEXT_AFTER_QUOTE, UNCLOSED_AT_END, TOO_LONG ->
            evidence = Math.max(evidence, records.evidence());
        case INCOMPLETE, END -> {}
      }
      // Who reads the chunk again must see why a record is broken.
      if (records.position() >= evidence) {
        end = records.position();
      }
      boolean isFirst = onlyFirst && end > 0;
      if (isFirst || found == RecordReader.Found.INCOMPLETE || found == RecordReader.Found.END) {
        return end;
      }
    }
  }
}
