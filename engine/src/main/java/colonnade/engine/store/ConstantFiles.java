package colonnade.engine.store;

import colonnade.DataType;
import colonnade.engine.store.format.FileRole;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A column whose rows hold the same bits as far as they are not null: no file at all. It is what a
 * column of fixed width begins as; the first other value makes ordinary files of it, in which null
 * rows before hold the constant.
 */
final class ConstantFiles implements ValueFiles {
  private static final int REPLAY_ROWS = 4096;

  private final WriteSession session;
  private final CodeFiles.Maker maker;
  private final DataType type;
  private final int width;
  private final EncodingChoice choice;
  private long rowCount;
  private long bits;
  private boolean known;

  /**
   * A column of {@code rowCount} rows.
   *
   * @param bits what those hold that are not null
   * @param known whether there are such
   */
  ConstantFiles(
      WriteSession session,
      CodeFiles.Maker maker,
      DataType type,
      EncodingChoice choice,
      long rowCount,
      long bits,
      boolean known) {
    this.session = session;
    this.maker = maker;
    this.type = type;
    this.width = type.widthBytes();
    this.choice = choice;
    this.rowCount = rowCount;
    this.bits = bits;
    this.known = known;
  }

  @Override
  public int append(Vector vector, int from, RowBits rows, StatisticsFold statistics) {
    int present = rows.nextPresent(0);
    if (present < rows.count()) {
      MemorySegment data = vector.data();
      long start = vector.dataOffset() + (long) from * width;
      long first = start + (long) present * width;
      long wanted = known ? bits : FixedBits.get(data, first, width);
      if (type == DataType.BOOL && wanted > 1 || !isAll(wanted, data, start, rows)) {
        return 0;
      }
      bits = wanted;
      known = true;
      statistics.repeated(data, first, rows.count() - rows.nullCount());
    }
    rowCount += rows.count();
    return rows.count();
  }

  private boolean isAll(long wanted, MemorySegment data, long start, RowBits rows) {
    int row = rows.nextPresent(0);
    while (row < rows.count()) {
      int end = rows.nextNull(row);
      long at = start + (long) row * width;
      long last = start + (long) (end - 1) * width;
      if (FixedBits.get(data, at, width) != wanted
          || ByteRuns.mismatch(data, at, data, at + width, last - at) >= 0) {
        return false;
      }
      row = rows.nextPresent(end);
    }
    return true;
  }

  @Override
  public ValueFiles next(Vector vector, int from, RowBits rows) {
    int n = (int) Math.min(rowCount, REPLAY_ROWS);
    MemorySegment data = MemorySegment.ofArray(new byte[n * width]);
    FixedBits.fill(data, width, bits);
    MemorySegment validity = known ? null : MemorySegment.ofArray(new byte[(n + 7) / 8]);
    Vector constant = Vector.fixed(type, data, 0, validity, 0);
    ValueFiles next = files(constant, vector, from, rows);
    RowBits replayed = new RowBits(REPLAY_ROWS);
    StatisticsFold counted = new StatisticsFold(type);
    for (long done = 0; done < rowCount; done += replayed.count()) {
      replayed.load(constant, 0, (int) Math.min(n, rowCount - done));
      next.append(constant, 0, replayed, counted);
    }
    return next;
  }

  /** Files without rows, for the constant and for the rows that are not. */
  private ValueFiles files(Vector constant, Vector vector, int from, RowBits rows) {
    if (choice != EncodingChoice.PLAIN && type == DataType.BOOL) {
      return new BitFiles(BitFile.begin(maker.make(FileRole.BITS, 0), 0));
    }
    if (choice != EncodingChoice.PLAIN && NumberCode.encodingOf(type) != Encoding.PLAIN) {
      NumberFiles numbers = NumberFiles.create(session, maker, type);
      RowBits one = new RowBits(1);
      one.load(constant, 0, (int) Math.min(rowCount, 1));
      if (numbers.survey(constant, 0, one) && numbers.survey(vector, from, rows)) {
        return numbers;
      }
    }
    return new FixedFiles(maker.make(FileRole.VALUES, 0), width);
  }

  @Override
  public List<AppendFile> files() {
    return List.of();
  }

  @Override
  public Encoding encoding() {
    return Encoding.CONSTANT;
  }

  long bits() {
    return bits;
  }
}
