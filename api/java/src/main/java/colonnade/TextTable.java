package colonnade;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows as a table of text: names, types, values, the number of rows. Numbers are right-aligned,
 * nulls shown as {@code null}, wide values cut, and columns in the middle left out where the line
 * is full.
 */
final class TextTable {
  /** Rows shown where no number is given. */
  static final int DEFAULT_ROWS = 10;

  private static final int LINE_WIDTH = 120;
  private static final int CELL_WIDTH = 32;
  private static final int MIN_COLUMNS = 2;

  private final Schema schema;
  private final List<String[]> rows = new ArrayList<>();

  private TextTable(Schema schema) {
    this.schema = schema;
  }

  /** The first rows of a result that has one row more if there are more. */
  static String headOfFrame(Table result, int rowCount) {
    TextTable text = new TextTable(result.schema());
    long shown = Math.min(rowCount, result.rowCount());
    text.add(result, 0, shown);
    return text.render(
        result.rowCount() > rowCount ? "first " + rows(shown) + "; there are more" : rows(shown));
  }

  /** The first rows of a table, or of its start, and how many there are in all. */
  static String head(Table table, int rowCount, long totalRows) {
    TextTable text = new TextTable(table.schema());
    long shown = Math.min(rowCount, table.rowCount());
    text.add(table, 0, shown);
    return text.render(
        shown < totalRows ? String.format("first %,d of %s", shown, rows(totalRows)) : rows(shown));
  }

  /** The first and the last rows of a long table. */
  static String headAndTail(Table table) {
    TextTable text = new TextTable(table.schema());
    int half = DEFAULT_ROWS / 2;
    text.add(table, 0, half);
    text.rows.add(IntStream.range(0, text.schema.size()).mapToObj(_ -> "…").toArray(String[]::new));
    text.add(table, table.rowCount() - half, half);
    return text.render(rows(table.rowCount()));
  }

  private static String rows(long count) {
    return count == 1 ? "1 row" : String.format("%,d rows", count);
  }

  private void add(Table table, long firstRow, long count) {
    for (long r = firstRow; r < firstRow + count; r++) {
      Row row = table.row(r);
      String[] cells = new String[schema.size()];
      for (int c = 0; c < cells.length; c++) {
        Object value = row.get(c);
        cells[c] = value == null ? "null" : TextWidth.cut(CellText.of(value), CELL_WIDTH);
      }
      rows.add(cells);
    }
  }

  private String render(String summary) {
    int[] widths = IntStream.range(0, schema.size()).map(this::width).toArray();
    List<Integer> shown = fitting(widths);
    StringBuilder text = new StringBuilder();
    line(text, shown, widths, c -> TextWidth.cut(CellText.of(schema.name(c)), CELL_WIDTH));
    line(text, shown, widths, c -> schema.type(c).label());
    line(text, shown, widths, c -> "─".repeat(widths[c]));
    for (String[] row : rows) {
      line(text, shown, widths, c -> row[c]);
    }
    text.append(summary);
    int hidden = schema.size() - (shown.contains(-1) ? shown.size() - 1 : shown.size());
    if (hidden > 0) {
      text.append(String.format("; %d of %d columns not shown", hidden, schema.size()));
    }
    return text.append('\n').toString();
  }

  private int width(int column) {
    int width =
        Math.max(
            TextWidth.of(TextWidth.cut(CellText.of(schema.name(column)), CELL_WIDTH)),
            schema.type(column).label().length());
    for (String[] row : rows) {
      width = Math.max(width, TextWidth.of(row[column]));
    }
    return width;
  }

  /** The columns that fit the line, taken from both ends; -1 stands for those left out. */
  private static List<Integer> fitting(int[] widths) {
    int total = IntStream.of(widths).sum() + 2 * widths.length;
    if (total <= LINE_WIDTH || widths.length <= MIN_COLUMNS) {
      return IntStream.range(0, widths.length).boxed().toList();
    }
    List<Integer> head = new ArrayList<>();
    List<Integer> tail = new ArrayList<>();
    int used = 3;
    for (int i = 0; i < widths.length; i++) {
      boolean atHead = i % 2 == 0;
      int column = atHead ? i / 2 : widths.length - 1 - i / 2;
      if (i >= MIN_COLUMNS && used + widths[column] + 2 > LINE_WIDTH) {
        break;
      }
      used += widths[column] + 2;
      if (atHead) {
        head.add(column);
      } else {
        tail.addFirst(column);
      }
    }
    head.add(-1);
    head.addAll(tail);
    return head;
  }

  private void line(
      StringBuilder text,
      List<Integer> shown,
      int[] widths,
      java.util.function.IntFunction<String> cell) {
    StringBuilder line = new StringBuilder();
    for (int column : shown) {
      if (!line.isEmpty()) {
        line.append("  ");
      }
      if (column < 0) {
        line.append('…');
        continue;
      }
      String value = cell.apply(column);
      String padding = " ".repeat(Math.max(0, widths[column] - TextWidth.of(value)));
      line.append(schema.type(column).isNumeric() ? padding + value : value + padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
