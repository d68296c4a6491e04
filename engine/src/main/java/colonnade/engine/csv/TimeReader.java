package colonnade.engine.csv;

import colonnade.DataType;
import java.lang.foreign.Arena;

/** Reads dates, timestamps and truth values, with spaces around them or without. */
final class TimeReader extends FixedReader {
  TimeReader(DataType type, NullRule nulls, CsvDialect dialect, Arena arena) {
    super(type, nulls, dialect, arena);
  }

  @Override
  boolean value(int r, byte[] bytes, int start, int end) {
    int first = start;
    int last = end;
    while (first < last && bytes[first] == ' ') {
      first++;
    }
    while (first < last && bytes[last - 1] == ' ') {
      last--;
    }
    if (type() == DataType.BOOL) {
      int truth = TruthText.parse(bytes, first, last);
      values[r] = truth;
      return truth >= 0;
    }
    long time =
        type() == DataType.DATE
            ? TimeText.parseDate(bytes, first, last)
            : TimeText.parseTimestamp(bytes, first, last);
    values[r] = time;
    return time != TimeText.NONE;
  }

  @Override
  boolean readPlain(FieldBatch batch, int column) {
    byte[] bytes = batch.bytes();
    boolean valid = true;
    for (int r = 0; r < batch.rows(); r++) {
      int start = batch.start(r, column);
      int end = batch.end(r, column);
      if (end > start) {
        valid &= value(r, bytes, start, end);
      } else {
        none(r);
        setNull(r);
      }
    }
    return valid;
  }
}
