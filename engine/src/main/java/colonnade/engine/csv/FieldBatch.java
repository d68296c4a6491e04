package colonnade.engine.csv;

/**
 * Where the fields of some rows of a chunk are. All rows have the same number of fields; field
 * {@code c} ends one byte before field {@code c + 1} begins. Reused; not thread-safe.
 */
final class FieldBatch {
  private static final int TARGET_FIELDS = 1 << 14;

  final int columns;
  final int capacity;
  final int[] firsts;
  final int[] ends;
  private final int[] lines;
  private byte[] bytes = {};
  private long firstLine;
  private boolean regular;
  private boolean mayHaveQuotes;
  private int rows;

  FieldBatch(int columns) {
    this.columns = columns;
    this.capacity = Math.clamp(TARGET_FIELDS / columns, 16, 4096);
    this.firsts = new int[capacity];
    this.ends = new int[capacity * columns + 72];
    this.lines = new int[capacity];
  }

  /** Begins anew with no rows. */
  void begin(byte[] source, long line, boolean quotes) {
    bytes = source;
    firstLine = line;
    regular = false;
    mayHaveQuotes = quotes;
    rows = 0;
  }

  /** Says that {@link #ends} holds {@code count} rows, one in each line, {@code skip} apart. */
  void regular(int count, int from) {
    rows = count;
    regular = true;
    int start = from;
    for (int r = 0; r < count; r++) {
      firsts[r] = start;
      start = ends[r * columns + columns - 1] + 1;
    }
  }

  /** Adds the last record of {@code records}. */
  void add(RecordReader records) {
    int row = rows++;
    firsts[row] = records.start(0);
    lines[row] = (int) (records.recordLine() - firstLine);
    for (int c = 0; c < columns; c++) {
      ends[row * columns + c] = records.end(c);
    }
  }

  /** Keeps only the rows whose bit is not set in {@code bad}. */
  void remove(boolean[] bad) {
    int kept = 0;
    for (int r = 0; r < rows; r++) {
      if (!bad[r]) {
        firsts[kept] = firsts[r];
        lines[kept] = regular ? r : lines[r];
        System.arraycopy(ends, r * columns, ends, kept * columns, columns);
        kept++;
      }
    }
    regular = false;
    rows = kept;
  }

  byte[] bytes() {
    return bytes;
  }

  int rows() {
    return rows;
  }

  /** Whether a field may begin with a quote. */
  boolean mayHaveQuotes() {
    return mayHaveQuotes;
  }

  long line(int row) {
    return firstLine + (regular ? row : lines[row]);
  }

  int start(int row, int column) {
    return column == 0 ? firsts[row] : ends[row * columns + column - 1] + 1;
  }

  int end(int row, int column) {
    return ends[row * columns + column];
  }
}
