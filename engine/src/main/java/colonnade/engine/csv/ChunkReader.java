package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads chunks: the wanted columns of one after the other into memory that the next one reuses, or
 * all columns into a {@link FileSurvey}. Not thread-safe; each worker has its own.
 */
public final class ChunkReader {
  private final FieldScanner scanner;
  private final FieldBatch batch;
  private final GivenTypes given;
  private final int[] wanted;
  private final boolean[] isChecked;
  private final ColumnReader[] readers;
  private final BitSet failed = new BitSet();
  private int rows;

  /**
   * A reader of a file.
   *
   * @param given the columns whose types were not inferred: values may not fit
   * @param texts for each column its texts, where they are known
   * @param wanted the columns to read, in the order wanted
   * @param arena for the memory of the columns
   */
  public ChunkReader(
      CsvDialect dialect,
      NullRule nulls,
      Schema schema,
      boolean[] given,
      @Nullable TextColumn[] texts,
      int[] wanted,
      Arena arena) {
    this.scanner = new FieldScanner(dialect, schema.size());
    this.batch = new FieldBatch(schema.size());
    this.wanted = wanted;
    this.isChecked = new boolean[wanted.length];
    this.readers = new ColumnReader[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      int c = wanted[i];
      readers[i] = ColumnReader.of(schema.type(c), texts[c], nulls, dialect, arena);
    }
    List<Integer> checked = new ArrayList<>();
    List<ColumnReader> checking = new ArrayList<>();
    for (int c = 0; c < schema.size(); c++) {
      if (given[c] && schema.type(c) != DataType.UTF8) {
        checked.add(c);
        checking.add(readerOf(c, schema.type(c), nulls, dialect, arena));
      }
    }
    this.given =
        new GivenTypes(
            checked.stream().mapToInt(Integer::intValue).toArray(),
            checking.toArray(ColumnReader[]::new));
  }

  private ColumnReader readerOf(
      int column, DataType type, NullRule nulls, CsvDialect dialect, Arena arena) {
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i] == column) {
        isChecked[i] = true;
        return readers[i];
      }
    }
    return ColumnReader.of(type, null, nulls, dialect, arena);
  }

  /** Reads {@code chunk}; lines of problems count from its first one, which is 0. */
  public void read(CsvChunk chunk, RowProblems problems) {
    rows = 0;
    for (ColumnReader reader : readers) {
      reader.clear();
    }
    scanner.begin(chunk, 0);
    while (scanner.next(batch, problems)) {
      given.check(batch, scanner, problems);
      for (int i = 0; i < wanted.length; i++) {
        if (!isChecked[i]) {
          failed.clear();
          readers[i].read(batch, wanted[i], failed);
          if (!failed.isEmpty()) {
            problems.otherFile(batch.line(failed.nextSetBit(0)));
          }
        }
      }
      for (ColumnReader reader : readers) {
        reader.keep(batch.rows());
      }
      rows += batch.rows();
    }
  }

  /** Shows chunk number {@code number} to {@code survey}; lines as for {@link #read}. */
  public void survey(CsvChunk chunk, int number, FileSurvey survey, RowProblems problems) {
    rows = 0;
    scanner.begin(chunk, 0);
    while (scanner.next(batch, problems)) {
      given.check(batch, scanner, problems);
      survey.see(batch, number);
      rows += batch.rows();
    }
  }

  /** The rows of the last chunk. */
  public int rows() {
    return rows;
  }

  /** The lines of the last chunk. */
  public long lines() {
    return scanner.line();
  }

  /** All rows of the last chunk of the {@code i}th wanted column; valid until the next one. */
  public Vector vector(int i) {
    return readers[i].vector();
  }
}
