package colonnade.engine.exec.hash;

import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of text or binary vectors as numbers of a {@link TextPool}. Each entry of a
 * dictionary is looked up once as long as vectors keep sharing it. Used by one thread.
 */
public final class TextReader {
  private static final int UNKNOWN = -2;

  /** Entries of a dictionary that are noted though few rows are read. */
  private static final int FEW_ENTRIES = 1 << 10;

  private final TextPool pool;
  private final boolean adding;
  private final boolean nullsToo;
  private final Touched touched = new Touched();
  private final long[] starts = new long[Touched.STEP];
  private final int[] lengths = new int[Touched.STEP];
  private @Nullable Dictionary dictionary;
  private int[] idOfCode = new int[0];
  private int mostEntries = Integer.MAX_VALUE;

  /**
   * A reader.
   *
   * @param adding whether bytes that the pool does not have are added to it, rather than read as -1
   */
  public TextReader(TextPool pool, boolean adding) {
    this(pool, adding, false);
  }

  /**
   * A reader.
   *
   * @param nullsToo whether null is an entry of the pool, of {@link TextPool#NULL_LENGTH}, rather
   *     than read as -1
   */
  public TextReader(TextPool pool, boolean adding, boolean nullsToo) {
    this.pool = pool;
    this.adding = adding;
    this.nullsToo = nullsToo;
  }

  /**
   * Forgets the texts of the pool, expecting fewer from now on: a dictionary's numbers are then
   * only noted if it is small.
   */
  public void clear() {
    pool.clear();
    dictionary = null;
    mostEntries = FEW_ENTRIES;
  }

  /** The pool that the numbers are of. */
  public TextPool pool() {
    return pool;
  }

  /**
   * Writes the numbers of {@code count} rows to {@code out}, -1 for null; {@code rows} null means
   * rows {@code 0 .. count - 1}.
   */
  public void read(Vector vector, int @Nullable [] rows, int count, long[] out) {
    Dictionary entries = vector.dictionary();
    if (entries == null) {
      for (int from = 0; from < count; from += Touched.STEP) {
        plain(vector, rows, from, Math.min(Touched.STEP, count - from), out);
      }
      return;
    }
    boolean notes = entries.size() <= mostEntries;
    if (notes && entries != dictionary) {
      dictionary = entries;
      idOfCode = new int[entries.size()];
      Arrays.fill(idOfCode, UNKNOWN);
    }
    boolean nulls = vector.validity() != null;
    for (int i = 0; i < count; i++) {
      int row = rows == null ? i : rows[i];
      if (nulls && vector.isNull(row)) {
        out[i] = nullsToo ? pool.addNull() : -1;
      } else {
        out[i] = coded(entries, vector.code(row), notes);
      }
    }
  }

  private void plain(Vector vector, int @Nullable [] rows, int from, int count, long[] out) {
    boolean nulls = vector.validity() != null;
    for (int i = 0; i < count; i++) {
      int row = rows == null ? from + i : rows[from + i];
      long start = vector.start(row);
      starts[i] = start;
      lengths[i] =
          nulls && vector.isNull(row)
              ? TextPool.NULL_LENGTH
              : (int) (vector.start(row + 1) - start);
    }
    pool.numbers(touched, vector.data(), starts, lengths, count, adding, nullsToo, out, from);
  }

  private int coded(Dictionary entries, int code, boolean notes) {
    if (!notes) {
      return number(entries.bytes(), entries.start(code), entries.length(code));
    }
    int id = idOfCode[code];
    if (id == UNKNOWN) {
      id = number(entries.bytes(), entries.start(code), entries.length(code));
      idOfCode[code] = id;
    }
    return id;
  }

  private int number(MemorySegment bytes, long start, int length) {
    return adding ? pool.add(bytes, start, length) : pool.find(bytes, start, length);
  }
}
