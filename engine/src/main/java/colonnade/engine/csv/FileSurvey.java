package colonnade.engine.csv;

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

  private final boolean[] guessed;
  private final NullRule nulls;
  private final FieldText field;
  private final TypeGuess[] guesses;
  private final @Nullable TextTable[] texts;

  /**
   * A survey of nothing yet.
   *
   * @param guessed the columns whose types are wanted
   * @param collected the columns whose texts are wanted
   */
  public FileSurvey(CsvDialect dialect, NullRule nulls, boolean[] guessed, boolean[] collected) {
    int columns = guessed.length;
    this.guessed = guessed;
    this.nulls = nulls;
    this.field = new FieldText(dialect);
    this.guesses = new TypeGuess[columns];
    this.texts = new @Nullable TextTable[columns];
    long maxBytes = Math.min(MAX_COLUMN_BYTES, TEXT_BYTES / columns);
    for (int c = 0; c < columns; c++) {
      guesses[c] = new TypeGuess();
      texts[c] = collected[c] ? new TextTable(maxBytes) : null;
    }
  }

  /** The guess at a column's type. */
  public TypeGuess guess(int column) {
    return guesses[column];
  }

  /** Takes a batch of chunk {@code chunk}. */
  void see(FieldBatch batch, int chunk) {
    for (int c = 0; c < guessed.length; c++) {
      if (guessed[c]) {
        guesses[c].see(batch, c, nulls, field);
      }
      TextTable table = texts[c];
      if (table != null && !table.isFull()) {
        collect(batch, c, chunk, table);
      }
    }
  }

  private void collect(FieldBatch batch, int column, int chunk, TextTable table) {
    boolean plain = !batch.mayHaveQuotes() && nulls.isOnlyEmpty();
    for (int r = 0; r < batch.rows(); r++) {
      int start = batch.start(r, column);
      int end = batch.end(r, column);
      if (plain) {
        if (end > start) {
          table.add(batch.bytes(), start, end, chunk);
        }
      } else {
        field.set(batch.bytes(), start, end);
        if (!nulls.isNull(field, true)) {
          table.add(field.bytes(), field.start(), field.end(), chunk);
        }
      }
    }
  }

  /**
   * The texts of {@code column} that all surveys have seen, in the order of the file; null if they
   * are too many, or none, or no fewer than half the rows.
   */
  public static @Nullable TextColumn texts(List<FileSurvey> surveys, int column, long rowCount) {
    TextTable[] tables = new TextTable[surveys.size()];
    int[] next = new int[tables.length];
    for (int i = 0; i < tables.length; i++) {
      TextTable table = surveys.get(i).texts[column];
      if (table == null || table.isFull()) {
        return null;
      }
      tables[i] = table;
    }
    TextTable all = tables.length == 1 ? tables[0] : tables[0].emptyLike();
    for (int i = tables.length == 1 ? -1 : first(tables, next); i >= 0; i = first(tables, next)) {
      all.add(tables[i], next[i]++);
      if (all.isFull()) {
        return null;
      }
    }
    return all.size() == 0 || all.size() > rowCount / 2 ? null : new TextColumn(all);
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
