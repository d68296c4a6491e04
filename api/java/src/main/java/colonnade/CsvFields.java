package colonnade;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.Arrays;

/**
 * The fields of one CSV record, in memory that every record of a pass reuses; not thread-safe.
 * Field {@code i} is the characters {@code [start(i), end(i))} of {@link #text()}.
 */
final class CsvFields extends CsvCallbackHandler<CsvFields> {
  private char[] text = new char[1024];
  private int[] ends = new int[32];
  private boolean[] quoted = new boolean[32];
  private int count;
  private long line;
  private RecordType recordType = RecordType.DATA;

  /** The characters of all fields. */
  char[] text() {
    return text;
  }

  /** The number of fields. */
  int count() {
    return count;
  }

  /** The line that the record starts in, from 1. */
  long line() {
    return line;
  }

  int start(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  int end(int field) {
    return ends[field];
  }

  int length(int field) {
    return end(field) - start(field);
  }

  /** Whether the field stood in quotes. */
  boolean isQuoted(int field) {
    return quoted[field];
  }

  /** Whether the record is an empty line. */
  boolean isEmptyLine() {
    return recordType == RecordType.EMPTY;
  }

  /** A copy of the field. */
  String field(int field) {
    return new String(text, start(field), length(field));
  }

  /** All fields, joined by {@code delimiter}: about what the line was. */
  String joined(char delimiter) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(i == 0 ? "" : String.valueOf(delimiter)).append(text, start(i), length(i));
    }
    return all.toString();
  }

  @Override
  protected void beginRecord(long startingLine) {
    line = startingLine;
    count = 0;
    recordType = RecordType.DATA;
  }

  @Override
  protected void addField(char[] source, int offset, int length, boolean isQuoted) {
    int start = count == 0 ? 0 : ends[count - 1];
    if (start + length > text.length) {
      text = Arrays.copyOf(text, Math.max(start + length, 2 * text.length));
    }
    System.arraycopy(source, offset, text, start, length);
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
      quoted = Arrays.copyOf(quoted, 2 * count);
    }
    ends[count] = start + length;
    quoted[count] = isQuoted;
    count++;
  }

  @Override
  protected RecordType getRecordType() {
    return recordType;
  }

  @Override
  protected int getFieldCount() {
    return count;
  }

  @Override
  protected void setComment(char[] source, int offset, int length) {
    recordType = RecordType.COMMENT;
  }

  @Override
  protected void setEmpty() {
    recordType = RecordType.EMPTY;
    addField(new char[0], 0, 0, false);
  }

  @Override
  protected CsvFields buildRecord() {
    return this;
  }
}
