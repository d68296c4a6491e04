package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What one worker has seen of a column, and its values in the present chunk as long as they are of
 * one type. Not thread-safe.
 */
final class ColumnSurvey {
  private final int column;
  private final @Nullable DataType given;
  private final NullRule nulls;
  private final CsvDialect dialect;
  private final Arena arena;
  private final FieldText field;
  private final TypeGuess guess = new TypeGuess();
  private final @Nullable TextTable texts;
  private final @Nullable CollectingReader collecting;
  private final BitSet failed = new BitSet();

  /** Reads values of {@link #type}; null while there were none. */
  private @Nullable ColumnReader reader;

  private @Nullable DataType type;
  private boolean keeps;

  /**
   * A survey of nothing yet.
   *
   * @param given the type, if it is not to be guessed
   * @param texts where the column's texts go, if they are wanted; it has no other values then
   */
  ColumnSurvey(
      int column,
      @Nullable DataType given,
      @Nullable TextTable texts,
      NullRule nulls,
      CsvDialect dialect,
      Arena arena) {
    this.column = column;
    this.given = given;
    this.nulls = nulls;
    this.dialect = dialect;
    this.arena = arena;
    this.field = new FieldText(dialect);
    this.texts = texts;
    this.collecting = texts == null ? null : new CollectingReader(texts, nulls, dialect, arena);
  }

  TypeGuess guess() {
    return guess;
  }

  @Nullable TextTable texts() {
    return texts;
  }

  /** Begins with chunk {@code number}, whose values are wanted or not. */
  void beginChunk(int number, boolean wanted) {
    keeps = wanted;
    if (collecting != null) {
      collecting.beginChunk(number);
      return;
    }
    DataType expected = given != null ? given : guess.hasAny() ? guess.type() : null;
    if (expected != null && expected.isVariable()) {
      keeps = false;
    }
    if (!keeps) {
      return;
    }
    if (expected != type) {
      type = expected;
      reader = expected == null ? null : ColumnReader.of(expected, null, nulls, dialect, arena);
    }
    if (reader != null) {
      reader.clear();
    }
  }

  /** Takes the next batch of the chunk. */
  void see(FieldBatch batch) {
    if (collecting != null && texts != null) {
      if (!texts.isFull()) {
        keeps &= read(collecting, batch);
      }
      keeps &= !texts.isFull();
      return;
    }
    ColumnReader known = reader;
    if (keeps && given == null && known != null && guess.isNumber()) {
      if (known.readUsual(batch, column)) {
        known.keep(batch.rows());
        return;
      }
    }
    if (given == null) {
      guess.see(batch, column, nulls, field);
      keeps = keeps && (known == null ? !guess.hasAny() : guess.type() == type);
    }
    keeps = keeps && (known == null || read(known, batch));
  }

  private boolean read(ColumnReader known, FieldBatch batch) {
    failed.clear();
    known.read(batch, column, failed);
    known.keep(batch.rows());
    return failed.isEmpty();
  }

  /** The rows of the chunk, if they could be kept. */
  @Nullable KeptColumn kept(int survey, int rows, KeptMemory memory, NumberBytes numbers) {
    if (!keeps) {
      return null;
    }
    if (collecting != null) {
      return KeptColumn.copy(DataType.UTF8, survey, collecting.vector(), rows, memory, numbers);
    }
    Vector vector = reader == null ? null : reader.vector();
    return vector == null
        ? KeptColumn.nulls()
        : KeptColumn.copy(vector.type(), -1, vector, rows, memory, numbers);
  }
}
