package colonnade.engine.store;

import colonnade.DataType;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Codes of numbers, narrow or scaled. Base, decimals and width are those of the values that come
 * first, up to a block of them; a value that they cannot hold begins a new file, with codes at
 * least as wide and a base for all rows, or ends the codes. So a column is written anew a few times
 * at most. A null row has code 0.
 *
 * <p>Blocks that the present codes hold are written ahead by any thread. A change of codes waits
 * for those that are at it; what they wrote in the old file is then written again in its turn.
 */
final class NumberFiles implements ValueFiles {
  private final WriteSession session;
  private final CodeFiles.Maker maker;
  private final DataType type;
  private final NumberChunk chunk = new NumberChunk();
  private final ReadWriteLock changing = new ReentrantReadWriteLock();
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
  public int append(Vector vector, int from, RowBits rows, StatisticsFold statistics) {
    if (!known && !survey(vector, from, rows)) {
      return 0;
    }
    int row = 0;
    while (row < rows.count()) {
      int n = Math.min(NumberChunk.ROWS, rows.count() - row);
      int present = rows.nextPresent(row);
      if (present >= row + n) {
        chunk.fill(n, code.base());
      } else {
        chunk.load(vector, from, rows, row, n, present);
        if (!hold(vector, from, rows, row, n, present)) {
          return row;
        }
        fold(chunk, n, statistics);
      }
      chunk.setNulls(rows, row, n, code.base());
      pack(n);
      row += n;
    }
    return row;
  }

  /** Folds the first {@code n} numbers of a chunk that was measured. */
  private void fold(NumberChunk numbers, int n, StatisticsFold statistics) {
    if (type == DataType.F64) {
      double divisor = code.divisor();
      statistics.reals(numbers.numbers, n, numbers.least() / divisor, numbers.greatest() / divisor);
    } else {
      statistics.integers(numbers.numbers, n, numbers.least(), numbers.greatest());
    }
  }

  /**
   * Takes base, decimals and width for the first values there are, and for those of surveys before;
   * false if no codes hold them. Before any row is appended.
   */
  boolean survey(Vector vector, int from, RowBits rows) {
    long low = known ? least : Long.MAX_VALUE;
    long high = known ? greatest : Long.MIN_VALUE;
    int decimals = code.decimals();
    for (int row = rows.nextPresent(0); row < rows.count(); row = rows.nextPresent(row)) {
      int n = Math.min(NumberChunk.ROWS, rows.count() - row);
      chunk.load(vector, from, rows, row, n, row);
      if (type == DataType.F64) {
        int wanted = DecimalScale.decimalsOf(chunk.numbers, n, decimals);
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
        if (!chunk.scale(n, decimals)) {
          return false;
        }
      }
      chunk.measure(n);
      low = Math.min(low, chunk.least());
      high = Math.max(high, chunk.greatest());
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

  /** Makes {@link #chunk} numbers, and codes that hold them; false if none can. */
  private boolean hold(Vector vector, int from, RowBits rows, int row, int n, int present) {
    int decimals = code.decimals();
    if (type == DataType.F64 && !chunk.scale(n, decimals)) {
      chunk.load(vector, from, rows, row, n, present);
      decimals = DecimalScale.decimalsOf(chunk.numbers, n, decimals);
      if (decimals < 0 || !chunk.scale(n, decimals)) {
        return false;
      }
    }
    chunk.measure(n);
    long times = (long) NumberCode.power(decimals - code.decimals());
    if (overflows(least, times) || overflows(greatest, times)) {
      return false;
    }
    long low = Math.min(chunk.least(), least * times);
    long high = Math.max(chunk.greatest(), greatest * times);
    if (!holds(low, high, decimals) && !widen(low, high, decimals)) {
      return false;
    }
    least = low;
    greatest = high;
    return true;
  }

  @Override
  public @Nullable BooleanSupplier ahead(
      Vector vector, long firstRow, RowBits rows, StatisticsFold statistics) {
    changing.readLock().lock();
    try {
      AppendFile file = codes;
      return known && file != null ? ahead(file, vector, firstRow, rows, statistics) : null;
    } finally {
      changing.readLock().unlock();
    }
  }

  /** Writes a block whose numbers the present codes hold; while this runs, they stay. */
  private @Nullable BooleanSupplier ahead(
      AppendFile file, Vector vector, long firstRow, RowBits rows, StatisticsFold statistics) {
    NumberChunk numbers = new NumberChunk();
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    long base = code.base();
    MemorySegment block = session.takeBlock();
    try {
      for (int row = 0; row < rows.count(); row += NumberChunk.ROWS) {
        int n = Math.min(NumberChunk.ROWS, rows.count() - row);
        int present = rows.nextPresent(row);
        if (present >= row + n) {
          numbers.fill(n, base);
        } else {
          numbers.load(vector, 0, rows, row, n, present);
          if (type == DataType.F64 && !numbers.scale(n, code.decimals())) {
            return null;
          }
          numbers.measure(n);
          low = Math.min(low, numbers.least());
          high = Math.max(high, numbers.greatest());
          if (!holds(low, high, code.decimals())) {
            return null;
          }
          fold(numbers, n, statistics);
        }
        numbers.setNulls(rows, row, n, base);
        numbers.pack(block, (long) row * width, width, base, 0, n);
      }
      ByteBuffer bytes = block.asSlice(0, (long) rows.count() * width).asByteBuffer();
      int[] pieces = PieceChecksums.of(bytes);
      file.writeAhead(bytes, firstRow * width);
      long blockLeast = low;
      long blockGreatest = high;
      return () -> follow(file, pieces, blockLeast, blockGreatest);
    } finally {
      session.giveBlock(block);
    }
  }

  /** Counts a block that was written ahead, unless its file is no longer the column's. */
  private boolean follow(AppendFile file, int[] pieces, long low, long high) {
    if (codes != file) {
      return false;
    }
    file.follow(pieces);
    least = Math.min(least, low);
    greatest = Math.max(greatest, high);
    return true;
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
        changing.writeLock().lock();
        try {
          if (known || w != width) {
            rewrite(wider, w);
          }
          code = wider;
          width = w;
        } finally {
          changing.writeLock().unlock();
        }
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
    long[] waiting = chunk.numbers.clone();
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
            chunk.numbers[i] =
                empty ? wider.base() : Math.max(wider.base(), chunk.numbers[i] * times);
          }
          pack(n);
        });
    old.discardUnlessCommitted();
    System.arraycopy(waiting, 0, chunk.numbers, 0, waiting.length);
  }

  /** Reads all rows of a file as numbers into {@link #chunk}, a chunk at a time. */
  private void forEachChunk(AppendFile file, int width, NumberCode code, IntConsumer action) {
    long count = file.length() / width;
    ByteBuffer bytes = ByteBuffer.allocate(NumberChunk.ROWS * width).order(ByteOrder.LITTLE_ENDIAN);
    for (long row = 0; row < count; row += NumberChunk.ROWS) {
      int n = (int) Math.min(NumberChunk.ROWS, count - row);
      bytes.clear().limit(n * width);
      file.read(bytes, row * width);
      for (int i = 0; i < n; i++) {
        chunk.numbers[i] =
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
      chunk.pack(file.buffer(), file.position(), width, base, done, m);
      file.advance(m * width);
      done += m;
    }
  }

  /** All rows so far as plain values. */
  @Override
  public FixedFiles next(Vector vector, int from, RowBits rows) {
    AppendFile target = maker.make(FileRole.VALUES, 0);
    changing.writeLock().lock();
    try {
      AppendFile old = codes;
      if (old != null) {
        forEachChunk(
            old, width, code, n -> PlainNumbers.append(target, type, code, chunk.numbers, n));
        old.discardUnlessCommitted();
        codes = null;
      }
    } finally {
      changing.writeLock().unlock();
    }
    return new FixedFiles(target, type.widthBytes());
  }

  private AppendFile file() {
    AppendFile file = codes;
    if (file == null) {
      file = maker.make(FileRole.CODES, width);
      changing.writeLock().lock();
      codes = file;
      changing.writeLock().unlock();
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
