package colonnade;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Decides which records of a CSV file are rows of the frame: the same in every pass, whichever
 * columns the pass wants. Not thread-safe.
 */
final class CsvRowCheck {
  private final CsvScan scan;
  private final CsvOptions options;
  private final Schema schema;
  private final int[] givenColumns;
  private final boolean onlyEmptyIsNull;
  private final CsvValue value = new CsvValue();

  CsvRowCheck(CsvScan scan, CsvOptions options, Schema schema, boolean[] given) {
    this.scan = scan;
    this.options = options;
    this.schema = schema;
    this.givenColumns =
        IntStream.range(0, given.length)
            .filter(i -> given[i] && schema.type(i) != DataType.UTF8)
            .toArray();
    this.onlyEmptyIsNull = options.nullTexts().equals(Set.of(""));
  }

  /** Whether the record is a row; rejects it, or fails, if not. */
  boolean accepts(CsvFields fields) {
    if (fields.count() != schema.size()) {
      scan.reject(
          fields.line(),
          null,
          fields.count() + " fields where the table has " + schema.size() + " columns",
          fields.joined(options.delimiter()),
          "Correct the line, or give the file's delimiter or quote in CsvOptions");
      return false;
    }
    for (int column : givenColumns) {
      DataType type = schema.type(column);
      if (!isNull(fields, column, type) && !value.read(type, fields, column)) {
        refuse(fields, column);
        return false;
      }
    }
    return true;
  }

  /** Says that a field is no value of its column's type. */
  void refuse(CsvFields fields, int column) {
    scan.reject(
        fields.line(),
        schema.name(column),
        "'" + TextWidth.cut(fields.field(column), 60) + "' is no " + schema.type(column),
        fields.joined(options.delimiter()),
        "Correct it, or read the column as text with CsvOptions.withType(\""
            + schema.name(column)
            + "\", UTF8)");
  }

  /** Whether the field is null; an empty one in quotes is, unless it is text. */
  boolean isNull(CsvFields fields, int column, DataType type) {
    int length = fields.length(column);
    boolean quoted = fields.isQuoted(column);
    if (quoted) {
      return length == 0 && type != DataType.UTF8;
    }
    if (onlyEmptyIsNull || length == 0) {
      return length == 0 && (onlyEmptyIsNull || type != DataType.UTF8 || nullTexts(""));
    }
    return nullTexts(fields.field(column));
  }

  private boolean nullTexts(String text) {
    return options.nullTexts().contains(text);
  }

  @Override
  public String toString() {
    return "CsvRowCheck of columns " + Arrays.toString(givenColumns);
  }
}
