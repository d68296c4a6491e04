package colonnade.engine.store;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Fixed-width values. */
final class FixedFiles implements ValueFiles {
  private final AppendFile values;
  private final int width;

  FixedFiles(AppendFile values, int width) {
    this.values = values;
    this.width = width;
  }

  @Override
  public int append(Vector vector, int from, RowBits rows, StatisticsFold statistics) {
    int done = 0;
    while (done < rows.count()) {
      int n = Math.min(rows.count() - done, values.room() / width);
      MemorySegment buffer = values.buffer();
      int start = values.position();
      long source = vector.dataOffset() + (long) (from + done) * width;
      MemorySegment.copy(vector.data(), source, buffer, start, (long) n * width);
      if (rows.nullCount() == 0) {
        statistics.values(buffer, start, n);
      } else {
        foldAndZero(buffer, start, done, n, rows, statistics);
      }
      values.advance(n * width);
      done += n;
    }
    return done;
  }

  @Override
  public BooleanSupplier ahead(
      Vector vector, long firstRow, RowBits rows, StatisticsFold statistics) {
    long bytes = (long) rows.count() * width;
    MemorySegment block = vector.data().asSlice(vector.dataOffset(), bytes);
    if (rows.nullCount() == 0) {
      statistics.values(block, 0, rows.count());
    } else {
      foldAndZero(block, 0, 0, rows.count(), rows, statistics);
    }
    int[] pieces = PieceChecksums.of(block.asByteBuffer());
    values.writeAhead(block.asByteBuffer(), firstRow * width);
    return () -> {
      values.follow(pieces);
      return true;
    };
  }

  /**
   * Folds the rows that are present and zeroes the others. For the fold the others hold a value
   * that is present, so that one loop without branches does whatever the pattern of nulls is.
   */
  private void foldAndZero(
      MemorySegment buffer,
      int start,
      int firstRow,
      int n,
      RowBits rows,
      StatisticsFold statistics) {
    int end = firstRow + n;
    int present = rows.nextPresent(firstRow);
    if (present >= end) {
      buffer.asSlice(start, (long) n * width).fill((byte) 0);
      return;
    }
    long base = start - (long) firstRow * width;
    long stand = FixedBits.get(buffer, base + (long) present * width, width);
    int nulls = 0;
    for (int row = rows.nextNull(firstRow); row < end; row = rows.nextNull(row + 1)) {
      FixedBits.set(buffer, base + (long) row * width, width, stand);
      nulls++;
    }
    statistics.values(buffer, start, n);
    if (nulls > 0) {
      statistics.forget(buffer, base + (long) present * width, nulls);
    }
    for (int row = rows.nextNull(firstRow); row < end; row = rows.nextNull(row + 1)) {
      FixedBits.set(buffer, base + (long) row * width, width, 0);
    }
  }

  @Override
  public List<AppendFile> files() {
    return List.of(values);
  }

  @Override
  public Encoding encoding() {
    return Encoding.PLAIN;
  }
}
