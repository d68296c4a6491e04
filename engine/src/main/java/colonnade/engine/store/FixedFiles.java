package colonnade.engine.store;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Fixed-width values. */
final class FixedFiles implements ValueFiles {
  private final AppendFile values;
  private final int width;

  FixedFiles(AppendFile values, int width) {
    this.values = values;
    this.width = width;
  }

  @Override
  public void append(Vector vector, int from, RowBits rows, StatisticsFold statistics) {
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
  }

  private void foldAndZero(
      MemorySegment buffer,
      int start,
      int firstRow,
      int n,
      RowBits rows,
      StatisticsFold statistics) {
    int end = firstRow + n;
    int row = firstRow;
    while (row < end) {
      int nulls = Math.min(end, rows.nextNull(row));
      statistics.values(buffer, start + (long) (row - firstRow) * width, nulls - row);
      row = Math.min(end, rows.nextPresent(nulls));
      buffer
          .asSlice(start + (long) (nulls - firstRow) * width, (long) (row - nulls) * width)
          .fill((byte) 0);
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
