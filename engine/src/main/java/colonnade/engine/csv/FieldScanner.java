package colonnade.engine.csv;

import colonnade.engine.csv.RecordReader.Ending;
import colonnade.engine.csv.RecordReader.Found;

/**
 * Finds the fields of a chunk, a batch of rows at a time: with {@link RegularScan} where the lines
 * are plain, else record by record. Rows that cannot be read go to the problems. Not thread-safe.
 */
final class FieldScanner {
  private final CsvDialect dialect;
  private final int columns;
  private final RegularScan regular;
  private final RecordReader records;
  private final FieldText text;
  private CsvChunk chunk = new CsvChunk(new byte[0], 0, true);
  private int position;
  private long line;
  private boolean tryRegular;

  FieldScanner(CsvDialect dialect, int columns) {
    this.dialect = dialect;
    this.columns = columns;
    this.regular = new RegularScan(dialect);
    this.records = new RecordReader(dialect);
    this.text = new FieldText(dialect);
  }

  /** Begins with {@code next}, whose first line has the number {@code firstLine}. */
  void begin(CsvChunk next, long firstLine) {
    chunk = next;
    position = 0;
    line = firstLine;
    tryRegular =
        dialect.swap() == null
            && next.length() <= RecordReader.MAX_FIELD_BYTES
            && (columns > 1 || dialect.keepsEmptyLines());
  }

  /** The number of the line after those that were read. */
  long line() {
    return line;
  }

  /** Fills {@code batch} with the next rows, perhaps none; false at the end of the chunk. */
  boolean next(FieldBatch batch, RowProblems problems) {
    if (position >= chunk.length()) {
      return false;
    }
    if (tryRegular) {
      batch.begin(chunk.bytes(), line, false);
      int rows = regular.scan(chunk.bytes(), position, chunk.length(), batch);
      if (rows > 0) {
        batch.regular(rows, position);
        position = regular.position();
        line += rows;
        regular.trim(batch);
        if (!regular.isAscii()) {
          checkText(batch, problems);
        }
        return true;
      }
      tryRegular = regular.mayTryAgain();
    }
    batch.begin(chunk.bytes(), line, true);
    irregular(batch, problems);
    return true;
  }

  private void irregular(FieldBatch batch, RowProblems problems) {
    records.reset(
        chunk.bytes(),
        position,
        chunk.length(),
        chunk.isLast() ? Ending.FILE : Ending.RECORD,
        line);
    for (int n = 0; n < batch.capacity; n++) {
      Found found = records.next();
      if (found == Found.END) {
        break;
      }
      if (found != Found.RECORD) {
        problems.broken(records.recordLine(), found, after(found));
        continue;
      }
      if (!records.isText()) {
        problems.notText(records.recordLine(), joined(records));
      } else if (records.count() != columns) {
        problems.otherCount(records.recordLine(), records.count(), joined(records));
      } else {
        batch.add(records);
      }
    }
    position = records.position();
    line = records.line();
  }

  private int after(Found found) {
    return found == Found.TEXT_AFTER_QUOTE ? records.textAfterQuote() : 0;
  }

  private void checkText(FieldBatch batch, RowProblems problems) {
    boolean[] bad = null;
    for (int r = 0; r < batch.rows(); r++) {
      if (!Utf8.isValid(chunk.bytes(), batch.start(r, 0), batch.end(r, columns - 1))) {
        bad = bad == null ? new boolean[batch.rows()] : bad;
        bad[r] = true;
        problems.notText(batch.line(r), joined(batch, r));
      }
    }
    if (bad != null) {
      batch.remove(bad);
    }
  }

  /** The fields of a row without their quotes, joined by the delimiter. */
  String joined(FieldBatch batch, int row) {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < columns; c++) {
      join(all, c, batch.bytes(), batch.start(row, c), batch.end(row, c));
    }
    return all.toString();
  }

  /** A field without its quotes. */
  String field(FieldBatch batch, int row, int column) {
    text.set(batch.bytes(), batch.start(row, column), batch.end(row, column));
    return text.text();
  }

  private String joined(RecordReader record) {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < record.count(); c++) {
      join(all, c, chunk.bytes(), record.start(c), record.end(c));
    }
    return all.toString();
  }

  private void join(StringBuilder all, int column, byte[] bytes, int start, int end) {
    text.set(bytes, start, end);
    all.append(column == 0 ? "" : dialect.delimiterText()).append(text.text());
  }
}
