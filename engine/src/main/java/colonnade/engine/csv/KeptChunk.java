package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a chunk as they were read: those columns that could be kept. An immutable value; its
 * memory is someone else's.
 */
public final class KeptChunk {
  private final int rows;
  private final long lines;
  private final @Nullable KeptColumn[] columns;

  KeptChunk(int rows, long lines, @Nullable KeptColumn[] columns) {
    this.rows = rows;
    this.lines = lines;
    this.columns = columns;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of lines. */
  public long lines() {
    return lines;
  }

  @Nullable KeptColumn column(int column) {
    return columns[column];
  }

  /**
   * The same without the columns that turned out to be of other types later in the file.
   *
   * @param texts for each column its texts, where they are known
   */
  public KeptChunk resolved(Schema schema, FileSurvey.@Nullable Texts[] texts) {
    @Nullable KeptColumn[] resolved = new @Nullable KeptColumn[columns.length];
    for (int c = 0; c < columns.length; c++) {
      KeptColumn column = columns[c];
      if (column == null || column.type() == null) {
        resolved[c] = column;
      } else if (column.type() == schema.type(c)) {
        FileSurvey.Texts known = texts[c];
        if (column.type() != DataType.UTF8) {
          resolved[c] = column;
        } else if (known != null) {
          resolved[c] = column.withCodes(known.codes(column.survey()));
        }
      }
    }
    return new KeptChunk(rows, lines, resolved);
  }
}
