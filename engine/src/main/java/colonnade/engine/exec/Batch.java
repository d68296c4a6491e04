package colonnade.engine.exec;

import colonnade.engine.store.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@link Sizes#BATCH_ROWS} rows, or a block or a run of blocks for a sink that takes those,
 * on their way through a pipeline: a vector per column and the selection of rows that are kept.
 * Belongs to one worker, which reuses it; not thread-safe. An operator may narrow the selection in
 * place, never widen it. The vectors are valid until the operator's {@code push} returns.
 *
 * <p>A column may be set as codes of numbers or as bits. {@link #vector} decodes it when it is
 * first asked for, for the rows kept then; {@link #encoded} gives it as it is.
 */
public final class Batch {
  private final @Nullable Vector[] vectors;
  private final @Nullable Vector[] decoded;
  private final @Nullable Batch[] origins;
  private final int[] originColumns;
  private final @Nullable Decoder[] decoders;
  private final @Nullable Worker worker;
  private Selection selection;
  private long firstRow;
  private int size;

  /** Where columns come from that were not set. */
  private @Nullable Block block;

  private int firstInBlock;

  /** A batch of {@code columnCount} columns, empty for now. */
  public Batch(int columnCount) {
    this(columnCount, null);
  }

  /** A batch whose columns may be codes of numbers or bits, for {@code worker} to decode. */
  public Batch(int columnCount, @Nullable Worker worker) {
    this(columnCount, worker, new Selection());
  }

  private Batch(int columnCount, @Nullable Worker worker, Selection selection) {
    this.vectors = new Vector[columnCount];
    this.decoded = new Vector[columnCount];
    this.origins = new Batch[columnCount];
    this.originColumns = new int[columnCount];
    this.decoders = new Decoder[columnCount];
    this.worker = worker;
    this.selection = selection;
  }

  /** A batch of the rows of whole blocks, which decodes nothing. */
  static Batch ofBlocks(int columnCount) {
    return new Batch(columnCount, null, new Selection(Sizes.BLOCK_ROWS));
  }

  /**
   * Starts a new batch of rows {@code [first, first + rowCount)} of {@code source}, all kept. A
   * column's window is made when it is first asked for: those that a filter has tested before, or
   * of a batch that keeps no row, are not.
   */
  void begin(Block source, int first, int rowCount) {
    reset(source.firstRow() + first, rowCount);
    block = source;
    firstInBlock = first;
    Arrays.fill(vectors, null);
  }

  /** Starts a new batch of {@code rowCount} rows, all kept; the vectors are to be set next. */
  public void reset(long firstRowOfBatch, int rowCount) {
    firstRow = firstRowOfBatch;
    size = rowCount;
    selection.setAll(rowCount);
  }

  /**
   * Starts a new batch over the rows of {@code other}: same numbers, and the same selection object.
   */
  public void follow(Batch other) {
    firstRow = other.firstRow;
    size = other.size;
    selection = other.selection;
  }

  /** Sets the values of column {@code column}. */
  public void set(int column, Vector vector) {
    vectors[column] = vector;
    decoded[column] = vector.isPacked() ? null : vector;
    origins[column] = null;
  }

  /**
   * Sets column {@code column} to a column of {@code origin}, whose selection this one follows, and
   * which decodes for both.
   */
  public void link(int column, Batch origin, int originColumn) {
    Vector vector = origin.encoded(originColumn);
    vectors[column] = vector;
    decoded[column] = vector.isPacked() ? null : vector;
    origins[column] = origin;
    originColumns[column] = originColumn;
  }

  /**
   * The values of column {@code column}, plain or as codes of a dictionary; rows that are not kept
   * have undefined but readable values.
   */
  public Vector vector(int column) {
    Vector stored = encoded(column);
    Vector known = decoded[column];
    return known != null ? known : decode(column, stored);
  }

  /** The values of column {@code column}, which may be codes of numbers or bits too. */
  public Vector encoded(int column) {
    Vector vector = vectors[column];
    return vector != null ? vector : window(column);
  }

  private Vector window(int column) {
    if (block == null) {
      throw new IllegalStateException("column " + column + " of the batch was not set");
    }
    Vector vector = block.vector(column, firstInBlock, size);
    set(column, vector);
    return vector;
  }

  /**
   * The values of column {@code column} for who reads them through {@link
   * colonnade.engine.exec.hash.Cells}: codes of integers stay codes.
   */
  public Vector cells(int column) {
    Vector vector = encoded(column);
    return vector.isNumberCoded() && !vector.type().isFloating() ? vector : vector(column);
  }

  private Vector decode(int column, Vector stored) {
    Batch origin = origins[column];
    Vector plain;
    if (origin != null) {
      plain = origin.vector(originColumns[column]);
    } else {
      Decoder decoder = decoders[column];
      if (decoder == null) {
        if (worker == null) {
          throw new IllegalStateException("a batch without a worker decodes nothing");
        }
        decoder = new Decoder(worker);
        decoders[column] = decoder;
      }
      plain = decoder.decode(stored, selection);
    }
    decoded[column] = plain;
    return plain;
  }

  /** The number of columns. */
  public int columnCount() {
    return vectors.length;
  }

  /** Rows in the vectors, kept or not. */
  public int size() {
    return size;
  }

  /** The number in the pipeline's source of the batch's first row. */
  public long firstRow() {
    return firstRow;
  }

  /** The rows kept. */
  public Selection selection() {
    return selection;
  }
}
