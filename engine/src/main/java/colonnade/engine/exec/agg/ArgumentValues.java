package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.Cells;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The values of an aggregate's argument in the batch at hand, beside the group of each, without the
 * nulls. Read once for all aggregates of the argument. Reused; belongs to one worker.
 */
final class ArgumentValues {
  private static final int[] NO_INTS = new int[0];
  private static final double[] NO_DOUBLES = new double[0];

  /** The number of values. */
  int count;

  /** The group of each. */
  int[] groups = NO_INTS;

  /** The row in the batch of each; null for rows {@code 0 .. count - 1}. */
  int @Nullable [] rows;

  /** The second values of pairs. */
  final double[] seconds;

  /** Rows of the chunk before this batch, kept or not. */
  long position;

  private final ArgumentColumns columns;
  private final Kernels kernels;
  private final long[] longs;
  private boolean longsAreRead;
  private final double[] doubles;
  private boolean doublesAreRead;
  private @Nullable Vector vector;
  private int[] presentRows = NO_INTS;
  private int[] presentGroups = NO_INTS;

  ArgumentValues(ArgumentColumns columns, Kernels kernels) {
    this.columns = columns;
    this.kernels = kernels;
    this.longs = columns.longs() ? new long[Sizes.BATCH_ROWS] : new long[0];
    this.doubles = columns.doubles() ? new double[Sizes.BATCH_ROWS] : NO_DOUBLES;
    this.seconds = columns.columns().size() == 2 ? new double[Sizes.BATCH_ROWS] : NO_DOUBLES;
  }

  /** Reads the batch; counts rows that have no value in {@code counts}. */
  void read(Batch batch, BatchRows batchRows, ValueCounts counts) {
    rows = batchRows.rows;
    count = batchRows.count;
    groups = batchRows.groups;
    position = batchRows.position;
    vector = batch.cells(columns.columns().getFirst());
    for (int column : columns.columns()) {
      Vector v = batch.encoded(column);
      if (v.validity() != null && !columns.nullsToo()) {
        dropNulls(v::isNull, counts);
      }
    }
    readValues(batch);
  }

  /** Reads rows that were kept for later; there is no vector then. */
  void read(LooseBatch batch, ValueCounts counts) {
    rows = null;
    count = batch.count();
    groups = batch.groups;
    vector = null;
    if (batch.hasNulls()) {
      for (int position : columns.columns()) {
        dropNulls(i -> batch.isNull(position, i), counts);
      }
    }
    int first = columns.columns().getFirst();
    if (columns.longs() && !batch.isFloating(first)) {
      long[] cells = batch.cells(first);
      for (int i = 0; i < count; i++) {
        longs[i] = cells[rows == null ? i : rows[i]];
      }
    }
    if (columns.doubles()) {
      readDoubles(batch, first, doubles);
    }
    if (columns.columns().size() == 2) {
      readDoubles(batch, columns.columns().get(1), seconds);
    }
    doublesAreRead = true;
    longsAreRead = true;
  }

  private void readDoubles(LooseBatch batch, int position, double[] out) {
    long[] cells = batch.cells(position);
    boolean floating = batch.isFloating(position);
    for (int i = 0; i < count; i++) {
      long cell = cells[rows == null ? i : rows[i]];
      out[i] = floating ? Double.longBitsToDouble(cell) : cell;
    }
  }

  /** Whether the values are those of {@link #vector}; else they were kept for later. */
  boolean hasVector() {
    return vector != null;
  }

  /** The vector of the first column; it may be codes of integers. */
  Vector vector() {
    Vector v = vector;
    if (v == null) {
      throw new IllegalStateException("no batch was read yet");
    }
    return v;
  }

  /** The loops to use on {@link #vector}. */
  Kernels kernels() {
    return kernels;
  }

  /**
   * The values as longs, where they are wanted so, read when first asked for; for floating point,
   * room for codes.
   */
  long[] longs() {
    if (!longsAreRead) {
      Vector first = vector();
      if (columns.nullsToo()) {
        Cells.raw(first, rows, count, longs);
      } else if (!first.type().isFloating()) {
        Cells.longs(first, rows, count, longs);
      }
      longsAreRead = true;
    }
    return longs;
  }

  /** The values as doubles, where they are wanted so; read when first asked for. */
  double[] doubles() {
    if (!doublesAreRead) {
      Cells.doubles(vector(), rows, count, doubles);
      doublesAreRead = true;
    }
    return doubles;
  }

  private void readValues(Batch batch) {
    doublesAreRead = !columns.doubles();
    longsAreRead = !columns.longs();
    if (columns.columns().size() == 2) {
      Cells.doubles(batch.cells(columns.columns().get(1)), rows, count, seconds);
    }
  }

  private void dropNulls(IntPredicate isNull, ValueCounts counts) {
    if (presentRows.length == 0) {
      presentRows = new int[Sizes.BATCH_ROWS];
      presentGroups = new int[Sizes.BATCH_ROWS];
    }
    int kept = 0;
    int[] from = rows;
    for (int i = 0; i < count; i++) {
      int row = from == null ? i : from[i];
      int group = groups[i];
      if (isNull.test(row)) {
        counts.addMissing(group);
      } else {
        presentRows[kept] = row;
        presentGroups[kept++] = group;
      }
    }
    if (kept < count) {
      rows = presentRows;
      groups = presentGroups;
      count = kept;
    }
  }
}
