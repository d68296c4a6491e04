package colonnade.engine.exec;

import colonnade.engine.kernel.Kernels;
import colonnade.engine.kernel.ListKernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch that are kept: all, none, a list, or a bitmap. Belongs to one worker, which
 * reuses it for every batch; not thread-safe. Row numbers count from the batch's first row and are
 * always in increasing order.
 *
 * <p>Three forms, told apart by {@link #form()}: {@code ALL} rows {@code 0 .. size - 1}; {@code
 * LIST}, the row numbers in the first {@link #count()} ints of {@link #rows()}; {@code BITMAP}, bit
 * {@code r % 64} of word {@code r / 64} of {@link #words()}, where bits at and beyond {@link
 * #size()} are zero. {@link #toList()} and {@link #toBitmap()} change the form in place.
 */
public final class Selection {
  /** How the kept rows are written down. */
  public enum Form {
    ALL,
    LIST,
    BITMAP
  }

  /** Reads nothing but the words, so it suits queries that ask for scalar loops too. */
  private static final Kernels KERNELS = Kernels.adaptive();

  private final int[] rows;
  private final long[] words;
  private Form form = Form.ALL;
  private int size;
  private int count;

  /** For batches of up to {@link Sizes#BATCH_ROWS}. */
  public Selection() {
    this(Sizes.BATCH_ROWS);
  }

  /** For batches of up to {@code mostRows}, a multiple of 64. */
  Selection(int mostRows) {
    rows = new int[mostRows + ListKernels.ROOM];
    words = new long[mostRows / 64];
  }

  /** Keeps all of {@code batchSize} rows. */
  public void setAll(int batchSize) {
    form = Form.ALL;
    size = batchSize;
    count = batchSize;
  }

  /** Keeps rows {@code [from, to)} of the batch, as far as it has them. */
  public void setRange(int batchSize, int from, int to) {
    int first = Math.max(0, from);
    int end = Math.min(batchSize, to);
    setAll(batchSize);
    if (end - first == batchSize) {
      return;
    }
    int wordCount = (batchSize + 63) >>> 6;
    Arrays.fill(words, 0, wordCount, 0L);
    if (first < end) {
      int lastWord = (end - 1) >>> 6;
      Arrays.fill(words, first >>> 6, lastWord + 1, -1L);
      words[first >>> 6] &= -1L << first;
      words[lastWord] &= -1L >>> -end;
    }
    form = Form.BITMAP;
    count = Math.max(0, end - first);
  }

  /** Keeps the first {@code keptCount} row numbers that the caller has put into {@link #rows()}. */
  public void setList(int batchSize, int keptCount) {
    size = batchSize;
    count = keptCount;
    form = keptCount == batchSize ? Form.ALL : Form.LIST;
  }

  /** Keeps the rows whose bits the caller has set in {@link #words()}; counts them. */
  public void setBitmap(int batchSize) {
    int kept = 0;
    int wordCount = (batchSize + 63) >>> 6;
    for (int w = 0; w < wordCount; w++) {
      kept += Long.bitCount(words[w]);
    }
    size = batchSize;
    count = kept;
    form = kept == batchSize ? Form.ALL : Form.BITMAP;
  }

  /** Makes this equal to {@code other}, which is not changed. */
  public void copyFrom(Selection other) {
    form = other.form;
    size = other.size;
    count = other.count;
    switch (form) {
      case ALL -> {}
      case LIST -> System.arraycopy(other.rows, 0, rows, 0, count);
      case BITMAP -> System.arraycopy(other.words, 0, words, 0, (size + 63) >>> 6);
    }
  }

  /**
   * Keeps the rows that {@code whole} keeps among the {@code batchSize} from row {@code from} on,
   * counted from there.
   *
   * @param from a multiple of 64
   */
  void setPart(Selection whole, int from, int batchSize) {
    switch (whole.form) {
      case ALL -> setAll(batchSize);
      case BITMAP -> {
        System.arraycopy(whole.words, from >> 6, words, 0, (batchSize + 63) >> 6);
        setBitmap(batchSize);
      }
      case LIST -> {
        int first = whole.firstAtOrAfter(from);
        int end = whole.firstAtOrAfter(from + batchSize);
        for (int i = first; i < end; i++) {
          rows[i - first] = whole.rows[i] - from;
        }
        setList(batchSize, end - first);
      }
    }
  }

  /** The place in the list of the first row that is not before {@code row}. */
  private int firstAtOrAfter(int row) {
    int found = Arrays.binarySearch(rows, 0, count, row);
    return found < 0 ? -found - 1 : found;
  }

  /** Rows of the batch, kept or not. */
  public int size() {
    return size;
  }

  /** Rows kept. */
  public int count() {
    return count;
  }

  /** Whether no row is kept. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** Whether every row is kept. */
  public boolean isAll() {
    return form == Form.ALL;
  }

  /** The present form. */
  public Form form() {
    return form;
  }

  /** The array for the form {@code LIST}; meaningful only in that form. */
  public int[] rows() {
    return rows;
  }

  /** The array for the form {@code BITMAP}; meaningful only in that form. */
  public long[] words() {
    return words;
  }

  /** Changes the form to {@code LIST}, also when all rows are kept, and returns {@link #rows()}. */
  public int[] toList() {
    switch (form) {
      case ALL -> {
        for (int i = 0; i < size; i++) {
          rows[i] = i;
        }
      }
      case LIST -> {}
      case BITMAP -> KERNELS.listRows(words, size, rows);
    }
    form = Form.LIST;
    return rows;
  }

  /**
   * What kernels take as rows: null if all rows are kept, else {@link #rows()} after changing the
   * form to {@code LIST}.
   */
  public int @Nullable [] listOrNull() {
    return form == Form.ALL ? null : toList();
  }

  /**
   * Changes the form to {@code BITMAP}, also when all rows are kept, and returns {@link #words()}.
   */
  public long[] toBitmap() {
    int wordCount = (size + 63) >>> 6;
    switch (form) {
      case ALL -> {
        for (int w = 0; w < wordCount; w++) {
          words[w] = -1L;
        }
        if ((size & 63) != 0) {
          words[wordCount - 1] = (1L << (size & 63)) - 1;
        }
      }
      case LIST -> {
        Arrays.fill(words, 0, wordCount, 0L);
        for (int i = 0; i < count; i++) {
          words[rows[i] >>> 6] |= 1L << rows[i];
        }
      }
      case BITMAP -> {}
    }
    form = Form.BITMAP;
    return words;
  }
}
