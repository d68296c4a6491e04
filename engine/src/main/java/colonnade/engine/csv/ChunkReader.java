package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final @Nullable KeptReader[] keptReaders;
  private final boolean[] isKept;
  private final Vector[] keptVectors;
  private final long[] step = new long[KeptReader.STEP_ROWS];
  private final BitSet failed = new BitSet();
  private int rows;
  private long lines;

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
    this.keptReaders = new @Nullable KeptReader[wanted.length];
    this.isKept = new boolean[wanted.length];
    this.keptVectors = new Vector[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      int c = wanted[i];
      if (KeptReader.isFor(schema.type(c), texts[c])) {
        keptReaders[i] = new KeptReader(c, schema.type(c), texts[c], arena);
      }
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

  /**
   * Takes the columns that all of {@code chunks} have.
   *
   * @return whether there are no others; else the same rows must be read
   */
  public boolean read(List<KeptChunk> chunks) {
    boolean all = true;
    for (int i = 0; i < wanted.length; i++) {
      KeptReader kept = keptReaders[i];
      isKept[i] = kept != null && kept.has(chunks);
      if (isKept[i]) {
        keptVectors[i] = kept.read(chunks, step);
      }
      all &= isKept[i];
    }
    rows = 0;
    lines = 0;
    for (KeptChunk chunk : chunks) {
      rows += chunk.rows();
      lines += chunk.lines();
    }
    return all;
  }

  /** Forgets what was taken of kept chunks: all columns are to be read. */
  public void forgetKept() {
    Arrays.fill(isKept, false);
  }

  /**
   * Reads {@code chunk}, other columns than were kept; lines of problems count from its first one,
   * which is 0.
   */
  public void read(CsvChunk chunk, RowProblems problems) {
    rows = 0;
    for (ColumnReader reader : readers) {
      reader.clear();
    }
    scanner.begin(chunk, 0);
    while (scanner.next(batch, problems)) {
      given.check(batch, scanner, problems);
      for (int i = 0; i < wanted.length; i++) {
        if (!isChecked[i] && !isKept[i]) {
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
    lines = scanner.line();
  }

  /**
   * Shows chunk number {@code number} to {@code survey}; lines as for {@link #read}.
   *
   * @return its rows, of those columns that could be kept; null if there is no memory
   */
  public @Nullable KeptChunk survey(
      CsvChunk chunk, int number, FileSurvey survey, RowProblems problems) {
    rows = 0;
    survey.begin(number);
    scanner.begin(chunk, 0);
    while (scanner.next(batch, problems)) {
      given.check(batch, scanner, problems);
      survey.see(batch);
      rows += batch.rows();
    }
    lines = scanner.line();
    return survey.kept(lines);
  }

  /** The rows of the last chunk. */
  public int rows() {
    return rows;
  }

  /** The lines of the last chunk. */
  public long lines() {
    return lines;
  }

  /** All rows of the last chunk of the {@code i}th wanted column; valid until the next one. */
  public Vector vector(int i) {
    return isKept[i] ? keptVectors[i] : readers[i].vector();
  }
}
