package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.Schema;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one worker has seen of a file: types and texts of its columns. Takes chunks in the order of
 * the file, though not all of them; the surveys of all chunks together know the whole file, and it
 * does not matter which survey took which chunk. Not thread-safe.
 */
public final class FileSurvey {
  /** Memory for the texts of all columns together. */
  private static final long TEXT_BYTES = 128L << 20;

  private static final long MAX_COLUMN_BYTES = 64L << 20;

  private final int number;
  private final KeptMemory memory;
  private final ColumnSurvey[] columns;
  private final NumberBytes numbers = new NumberBytes();
  private int chunkRows;

  /** Texts that all surveys have seen, and the code that each survey's number of a text became. */
  public static final class Texts {
    private final TextColumn column;
    private final int @Nullable [][] codes;

    private Texts(TextColumn column, int @Nullable [][] codes) {
      this.column = column;
      this.codes = codes;
    }

    /** The texts. */
    public TextColumn column() {
      return column;
    }

    /** The codes of a survey's numbers; null if they are the same. */
    int @Nullable [] codes(int survey) {
      return codes == null ? null : codes[survey];
    }
  }

  /**
   * A survey of nothing yet.
   *
   * @param number its place among all surveys
   * @param schema the types of columns that are not guessed
   * @param guessed the columns whose types are wanted
   * @param collected the columns whose texts are wanted, which have no other values
   * @param memory where chunks are kept
   * @param arena for what is worked on
   */
  public FileSurvey(
      int number,
      CsvDialect dialect,
      NullRule nulls,
      Schema schema,
      boolean[] guessed,
      boolean[] collected,
      KeptMemory memory,
      Arena arena) {
    this.number = number;
    this.memory = memory;
    this.columns = new ColumnSurvey[guessed.length];
    long maxBytes = Math.min(MAX_COLUMN_BYTES, TEXT_BYTES / columns.length);
    for (int c = 0; c < columns.length; c++) {
      DataType given = guessed[c] ? null : schema.type(c);
      TextTable texts = collected[c] ? new TextTable(maxBytes) : null;
      columns[c] = new ColumnSurvey(c, given, texts, nulls, dialect, arena);
    }
  }

  /** The guess at a column's type. */
  public TypeGuess guess(int column) {
    return columns[column].guess();
  }

  /** Begins with chunk {@code chunk}. */
  void begin(int chunk) {
    chunkRows = 0;
    for (ColumnSurvey column : columns) {
      column.beginChunk(chunk, !memory.isFull());
    }
  }

  /** Takes the next batch of the chunk. */
  void see(FieldBatch batch) {
    for (ColumnSurvey column : columns) {
      column.see(batch);
    }
    chunkRows += batch.rows();
  }

  /** The rows of the chunk, in all columns that could be kept; null if there is no memory. */
  @Nullable KeptChunk kept(long lines) {
    if (memory.isFull()) {
      return null;
    }
    @Nullable KeptColumn[] kept = new @Nullable KeptColumn[columns.length];
    for (int c = 0; c < kept.length; c++) {
      kept[c] = columns[c].kept(number, chunkRows, memory, numbers);
    }
    return new KeptChunk(chunkRows, lines, kept);
  }

  /**
   * The texts of {@code column} that all surveys have seen, in the order of the file; null if they
   * are too many, or none, or no fewer than half the rows.
   */
  public static @Nullable Texts texts(List<FileSurvey> surveys, int column, long rowCount) {
    TextTable[] tables = new TextTable[surveys.size()];
    int[][] codes = new int[tables.length][];
    for (int i = 0; i < tables.length; i++) {
      TextTable table = surveys.get(i).columns[column].texts();
      if (table == null || table.isFull()) {
        return null;
      }
      tables[i] = table;
      codes[i] = new int[Math.max(1, table.size())]; // a null has number 0
    }
    boolean alone = tables.length == 1;
    TextTable all = alone ? tables[0] : tables[0].emptyLike();
    int[] next = new int[tables.length];
    for (int i = alone ? -1 : first(tables, next); i >= 0; i = first(tables, next)) {
      codes[i][next[i]] = all.add(tables[i], next[i]);
      next[i]++;
      if (all.isFull()) {
        return null;
      }
    }
    return all.size() == 0 || all.size() > rowCount / 2
        ? null
        : new Texts(new TextColumn(all), alone ? null : codes);
  }

  /** The table whose next text comes first in the file, or -1. */
  private static int first(TextTable[] tables, int[] next) {
    int best = -1;
    for (int i = 0; i < tables.length; i++) {
      if (next[i] < tables[i].size()
          && (best < 0 || tables[i].chunk(next[i]) < tables[best].chunk(next[best]))) {
        best = i;
      }
    }
    return best;
  }
}
