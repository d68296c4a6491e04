package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Codes of numbers, narrow or scaled. Base, decimals and width are those of the values that come
 * first, up to a block of them; a value that they cannot hold begins a new file, with codes at
 * least as wide and a base for all rows, or ends the codes. So a column is written anew a few times
 * at most. A null row has code 0.
 */
final class NumberFiles implements ValueFiles {
  private static final int CHUNK_ROWS = 2048;

  private final WriteSession session;
  private final CodeFiles.Maker maker;
  private final DataType type;
  private final long[] chunk = new long[CHUNK_ROWS];
  private @Nullable AppendFile codes;
  private int width;
  private NumberCode code;

  /** The range of all numbers so far, times the power of ten; meaningless before {@link #known}. */
  private long least;

  private long greatest;
  private boolean known;

  private NumberFiles(
      WriteSession session,
      CodeFiles.Maker maker,
      DataType type,
      @Nullable AppendFile codes,
      int width,
      NumberCode code) {
    this.session = session;
    this.maker = maker;
    this.type = type;
    this.codes = codes;
    this.width = width;
    this.code = code;
  }

  /** A column without rows. */
  static NumberFiles create(WriteSession session, CodeFiles.Maker maker, DataType type) {
    return new NumberFiles(session, maker, type, null, 1, new NumberCode(0, 0));
  }

  /** Goes on after rows of which the statistics are known. */
  static NumberFiles resume(
      WriteSession session,
      CodeFiles.Maker maker,
      DataType type,
      AppendFile codes,
      int width,
      NumberCode code,
      ColumnStatistics rows) {
    NumberFiles files = new NumberFiles(session, maker, type, codes, width, code);
    if (type == DataType.F64) {
      files.known = rows.hasDoubleRange();
      files.least = (long) Math.rint(rows.minDouble() * code.divisor());
      files.greatest = (long) Math.rint(rows.maxDouble() * code.divisor());
    } else {
      files.known = rows.hasLongRange();
      files.least = rows.minLong();
      files.greatest = rows.maxLong();
    }
    return files;
  }

  @Override
  public void append(Vector vector, int from, RowBits rows, StatisticsFold statistics) {
    throw new UnsupportedOperationException("codes may not hold a value: use appendSome");
  }

  /**
   * Appends rows as long as codes can hold them.
   *
   * @return the row of {@code rows} from which on they cannot, or {@code rows.count()}
   */
  int appendSome(Vector vector, int from, RowBits rows, StatisticsFold statistics) {
    if (!known && !survey(vector, from, rows)) {
      return 0;
    }
    int row = 0;
    while (row < rows.count()) {
      int n = Math.min(CHUNK_ROWS, rows.count() - row);
      int present = rows.nextPresent(row);
      if (present >= row + n) {
        Arrays.fill(chunk, 0, n, code.base());
      } else if (!fillChunk(vector, from, rows, row, n, present, statistics)) {
        return row;
      }
      if (rows.nullCount() > 0) {
        setNulls(rows, row, n, code.base());
      }
      pack(n);
      row += n;
    }
    return row;
  }

  /** Takes base, decimals and width for the first values there are; false if no codes hold them. */
  private boolean survey(Vector vector, int from, RowBits rows) {
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    int decimals = code.decimals();
    for (int row = rows.nextPresent(0); row < rows.count(); row = rows.nextPresent(row)) {
      int n = Math.min(CHUNK_ROWS, rows.count() - row);
      load(vector, from, rows, row, n, row);
      if (type == DataType.F64) {
        int wanted = DecimalScale.decimalsOf(chunk, n, decimals);
        if (wanted < 0) {
          return false;
        }
        if (low <= high && wanted > decimals) {
          long times = (long) NumberCode.power(wanted - decimals);
          if (overflows(low, times) || overflows(high, times)) {
            return false;
          }
          low *= times;
          high *= times;
        }
        decimals = wanted;
        if (!DecimalScale.toNumbers(chunk, n, decimals)) {
          return false;
        }
      }
      for (int i = 0; i < n; i++) {
        low = Math.min(low, chunk[i]);
        high = Math.max(high, chunk[i]);
      }
      row += n;
    }
    if (low <= high) {
      if (!widen(low, high, decimals)) {
        return false;
      }
      least = low;
      greatest = high;
      known = true;
    }
    return true;
  }

  private static boolean overflows(long number, long times) {
    return Math.multiplyHigh(number, times) != number * times >> 63;
  }

  /** Makes {@link #chunk} the numbers of the rows, and codes that hold them; false if none can. */
  private boolean fillChunk(
      Vector vector,
      int from,
      RowBits rows,
      int row,
      int n,
      int present,
      StatisticsFold statistics) {
    load(vector, from, rows, row, n, present);
    int decimals = code.decimals();
    if (type == DataType.F64 && !scale(n, decimals)) {
      load(vector, from, rows, row, n, present);
      decimals = DecimalScale.decimalsOf(chunk, n, decimals);
      if (decimals < 0 || !scale(n, decimals)) {
        return false;
      }
    }
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      low = Math.min(low, chunk[i]);
      high = Math.max(high, chunk[i]);
    }
    long chunkLow = low;
    long chunkHigh = high;
    long times = (long) NumberCode.power(decimals - code.decimals());
    if (overflows(least, times) || overflows(greatest, times)) {
      return false;
    }
    low = Math.min(low, least * times);
    high = Math.max(high, greatest * times);
    if (!holds(low, high, decimals) && !widen(low, high, decimals)) {
      return false;
    }
    least = low;
    greatest = high;
    if (type == DataType.F64) {
      double divisor = code.divisor();
      statistics.reals(chunk, n, chunkLow / divisor, chunkHigh / divisor);
    } else {
      statistics.integers(chunk, n, chunkLow, chunkHigh);
    }
    return true;
  }

  /** Reads the rows as 64 bits each; null rows as the row that is present. */
  private void load(Vector vector, int from, RowBits rows, int row, int n, int present) {
    MemorySegment data = vector.data();
    int bytes = type.widthBytes();
    long at = vector.dataOffset() + (long) (from + row) * bytes;
    switch (type) {
      case I16 -> {
        for (int i = 0; i < n; i++) {
          chunk[i] = data.get(Layouts.SHORT, at + 2L * i);
        }
      }
      case U16 -> {
        for (int i = 0; i < n; i++) {
          chunk[i] = data.get(Layouts.SHORT, at + 2L * i) & 0xffff;
        }
      }
      case I32, DATE -> {
        for (int i = 0; i < n; i++) {
          chunk[i] = data.get(Layouts.INT, at + 4L * i);
        }
      }
      case U32 -> {
        for (int i = 0; i < n; i++) {
          chunk[i] = data.get(Layouts.INT, at + 4L * i) & 0xffff_ffffL;
        }
      }
      default -> MemorySegment.copy(data, Layouts.LONG, at, chunk, 0, n);
    }
    if (rows.nullCount() > 0) {
      setNulls(rows, row, n, chunk[present - row]);
    }
  }

  private void setNulls(RowBits rows, int row, int n, long number) {
    int end = row + n;
    for (int i = rows.nextNull(row); i < end; i = rows.nextNull(i + 1)) {
      chunk[i - row] = number;
    }
  }

  /** Turns the bits of doubles into numbers; false if one has no such number. */
  private boolean scale(int n, int decimals) {
    return DecimalScale.toNumbers(chunk, n, decimals);
  }

  private boolean holds(long low, long high, int decimals) {
    return decimals == code.decimals()
        && low >= code.base()
        && Long.compareUnsigned(high - code.base(), NumberCode.greatestCode(width)) <= 0;
  }

  /**
   * Goes over to codes for the numbers from {@code low} to {@code high}; false if there are none.
   */
  private boolean widen(long low, long high, int decimals) {
    AppendFile old = codes;
    int from = 1;
    if (known && old != null) {
      boolean fresh =
          FileName.parse(old.name()).orElseThrow().generation() == session.nextGeneration();
      from = fresh ? 2 * width : width;
    }
    for (int w = from; w <= NumberCode.widestCodeBytes(type); w *= 2) {
      NumberCode wider = codeFor(low, high, decimals, w);
      if (wider != null) {
        if (known || w != width) {
          rewrite(wider, w);
        }
        code = wider;
        width = w;
        return true;
      }
    }
    return false;
  }

  /**
   * Codes of a width for these numbers: the numbers themselves where that does and there are wider
   * ones, else with as much room below as above.
   */
  private @Nullable NumberCode codeFor(long low, long high, int decimals, int codeWidth) {
    long span = NumberCode.greatestCode(codeWidth);
    long leastBase = NumberCode.leastBase(type);
    if (Long.compareUnsigned(high - low, span) > 0
        || type == DataType.F64 && (low < leastBase || high > NumberCode.MAX_SCALED_BASE)) {
      return null;
    }
    if (low >= 0 && high <= span && codeWidth < NumberCode.widestCodeBytes(type)) {
      return new NumberCode(0, decimals);
    }
    long room = (span - (high - low)) / 2;
    long base = Long.compareUnsigned(low - leastBase, room) < 0 ? leastBase : low - room;
    return new NumberCode(Math.min(base, NumberCode.greatestNumber(type) - span), decimals);
  }

  private void rewrite(NumberCode wider, int newWidth) {
    AppendFile old = codes;
    if (old == null) {
      return;
    }
    int oldWidth = width;
    NumberCode before = code;
    boolean empty = !known;
    long times = (long) NumberCode.power(wider.decimals() - before.decimals());
    long[] waiting = chunk.clone();
    codes = maker.make(FileRole.CODES, newWidth);
    code = wider;
    width = newWidth;
    forEachChunk(
        old,
        oldWidth,
        before,
        n -> {
          for (int i = 0; i < n; i++) {
            // Only a null row, whose code says nothing, can lie below the new base.
            chunk[i] = empty ? wider.base() : Math.max(wider.base(), chunk[i] * times);
          }
          pack(n);
        });
    old.discardUnlessCommitted();
    System.arraycopy(waiting, 0, chunk, 0, waiting.length);
  }

  /** Reads all rows of a file as numbers into {@link #chunk}, a chunk at a time. */
  private void forEachChunk(AppendFile file, int width, NumberCode code, IntConsumer action) {
    long count = file.length() / width;
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK_ROWS * width).order(ByteOrder.LITTLE_ENDIAN);
    for (long row = 0; row < count; row += CHUNK_ROWS) {
      int n = (int) Math.min(CHUNK_ROWS, count - row);
      bytes.clear().limit(n * width);
      file.read(bytes, row * width);
      for (int i = 0; i < n; i++) {
        chunk[i] =
            code.longOf(
                switch (width) {
                  case 1 -> bytes.get(i) & 0xff;
                  case 2 -> bytes.getShort(2 * i) & 0xffff;
                  default -> bytes.getInt(4 * i) & 0xffff_ffffL;
                });
      }
      action.accept(n);
    }
  }

  /** Appends the codes of the first {@code n} numbers of {@link #chunk}. */
  private void pack(int n) {
    AppendFile file = file();
    long base = code.base();
    int done = 0;
    while (done < n) {
      int m = Math.min(n - done, file.room() / width);
      MemorySegment buffer = file.buffer();
      long at = file.position();
      switch (width) {
        case 1 -> {
          for (int i = 0; i < m; i++) {
            buffer.set(JAVA_BYTE, at + i, (byte) (chunk[done + i] - base));
          }
        }
        case 2 -> {
          for (int i = 0; i < m; i++) {
            buffer.set(Layouts.SHORT, at + 2L * i, (short) (chunk[done + i] - base));
          }
        }
        default -> {
          for (int i = 0; i < m; i++) {
            buffer.set(Layouts.INT, at + 4L * i, (int) (chunk[done + i] - base));
          }
        }
      }
      file.advance(m * width);
      done += m;
    }
  }

  /** Writes all rows so far as plain values; this is of no use afterwards. */
  FixedFiles toPlain() {
    AppendFile target = maker.make(FileRole.VALUES, 0);
    AppendFile old = codes;
    if (old != null) {
      forEachChunk(old, width, code, n -> PlainNumbers.append(target, type, code, chunk, n));
      old.discardUnlessCommitted();
    }
    return new FixedFiles(target, type.widthBytes());
  }

  private AppendFile file() {
    AppendFile file = codes;
    if (file == null) {
      file = maker.make(FileRole.CODES, width);
      codes = file;
    }
    return file;
  }

  @Override
  public List<AppendFile> files() {
    return List.of(file());
  }

  @Override
  public Encoding encoding() {
    return NumberCode.encodingOf(type);
  }

  int codeWidthBytes() {
    return width;
  }

  NumberCode code() {
    return code;
  }
}
