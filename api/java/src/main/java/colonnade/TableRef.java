package colonnade;

import colonnade.engine.exec.Sizes;
import colonnade.error.InvalidQueryException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of rows of one generation of a table, as something small that can be sent to another
 * process of this machine, or to one that sees the same path: some bytes beside the path, as Java's
 * serialized form or as text. It holds nothing: whoever sends it keeps the table open until it was
 * opened elsewhere, or its generation may be collected meanwhile. An immutable value.
 *
 * @param path the real path of the table's directory
 * @param generation the generation
 * @param firstRow the first row, from 0
 * @param rowCount how many rows from there on
 */
public record TableRef(String path, long generation, long firstRow, long rowCount)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long BLOCK_ROWS = Sizes.BLOCK_ROWS;
  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,18}):([0-9]{1,18})\\+([0-9]{1,18}):(.+)", Pattern.DOTALL);

  /** Refuses negative numbers. */
  public TableRef {
    if (generation < 1 || firstRow < 0 || rowCount < 0) {
      throw new InvalidQueryException(
          path,
          "no table has generation " + generation + ", rows " + firstRow + "+" + rowCount,
          "Make references with Table.ref().");
    }
  }

  /** The reference that {@link #toString()} gave; refuses other text. */
  public static TableRef parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new InvalidQueryException(
          "reference to a table",
          "'" + text + "' is no reference to a table",
          "It looks like 7:0+65536:/data/trips: generation, first row, rows, path.");
    }
    return new TableRef(
        parts.group(4),
        Long.parseLong(parts.group(1)),
        Long.parseLong(parts.group(2)),
        Long.parseLong(parts.group(3)));
  }

  /**
   * The same rows in at most so many parts of whole blocks, which cost the least to read; fewer
   * where there are not so many blocks.
   */
  public List<TableRef> split(int parts) {
    long blocks = (rowCount + BLOCK_ROWS - 1) / BLOCK_ROWS;
    List<TableRef> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      long from = blocks * i / parts * BLOCK_ROWS;
      long to = Math.min(rowCount, blocks * (i + 1) / parts * BLOCK_ROWS);
      if (from < to) {
        all.add(new TableRef(path, generation, firstRow + from, to - from));
      }
    }
    return all;
  }

  /**
   * The table at this generation, to be read; owned by the caller. {@link #rows} has the range.
   *
   * @throws colonnade.error.GenerationGoneException if the generation was collected
   * @throws colonnade.error.NotATableException if there is no table at the path
   */
  public Table open() {
    return Table.reading(StoredRows.open(Path.of(path), generation, OpenOptions.DEFAULT));
  }

  /**
   * The range's rows of a table that {@link #open()} gave.
   *
   * @throws InvalidQueryException if it shows another generation, or has not all these rows
   */
  public Frame rows(Table table) {
    if (table.generation() != generation || firstRow + rowCount > table.rowCount()) {
      throw new InvalidQueryException(
          toString(),
          table.name()
              + " at generation "
              + table.generation()
              + " has not the rows that "
              + this
              + " refers to",
          "Open the table with the reference's own open().");
    }
    return table.limit(firstRow, rowCount);
  }

  /** Generation, first row, rows and path, as in {@code 7:0+65536:/data/trips}. */
  @Override
  public String toString() {
    return generation + ":" + firstRow + "+" + rowCount + ":" + path;
  }
}
