package colonnade;

import colonnade.engine.observe.WriteReport;
import colonnade.engine.store.array.ArrayCreator;
import colonnade.engine.store.array.ArrayFile;
import colonnade.engine.store.array.ArrayLayout;
import colonnade.engine.store.array.ArrayView;
import colonnade.engine.store.array.CopyIn;
import colonnade.engine.store.array.CopyOut;
import colonnade.engine.store.array.ScatteredStores;
import colonnade.engine.store.array.Totals;
import colonnade.engine.store.array.Transfer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An n-d array over one file, or a view of one: what {@code numpy.memmap} is. Values are read from
 * and written to the file's own pages; opening one of any size is immediate, and only what is
 * touched is loaded.
 *
 * <p><b>Not crash-safe.</b> Writes go in place. The system may write pages to disk in any order and
 * at any time, so that after a power cut a file holds any mixture of old and new pages since the
 * last {@link #flush}; only what was flushed is sure. Where that matters, use a {@link Table},
 * whose changes are published whole or not at all.
 *
 * <p>Axes are in row-major order: the last varies fastest. {@link #slice} and {@link #at} make
 * views, which share the memory and copy nothing; {@code to…} and {@code assign} copy whole
 * regions, which is many times faster than one value at a time. Conversions are exact or refused
 * with {@link colonnade.error.TypeMismatchException} (a type that cannot hold it) or {@link
 * colonnade.error.ComputationException} (a value that does not fit), both before anything is
 * written. Indices and ranges outside the shape are a {@link
 * colonnade.error.InvalidQueryException}; there are no nulls, and NaN is a value.
 *
 * <p>Whoever opened an array closes it, which unmaps the file; closing a view does nothing. After
 * that every access through the array or its views is a {@link colonnade.error.ClosedException}.
 * Several threads may use one array; those that touch the same element agree among themselves. No
 * lock is taken: two processes that write the same file must agree too.
 *
 * <p>If someone else cuts the file short while it is mapped, or a store finds the disk full, the
 * access fails with a {@link colonnade.error.StorageException}.
 */
public final class MappedArray implements AutoCloseable {
  private final ArrayView view;
  private final boolean owns;

  private MappedArray(ArrayView view, boolean owns) {
    this.view = view;
    this.owns = owns;
  }

  static MappedArray over(ArrayFile file) {
    return new MappedArray(ArrayView.whole(file), true);
  }

  /**
   * Creates a little-endian array of zeros in {@link Mode#CREATE}, with its space on disk, and maps
   * it for writing. A regular file in its place is replaced. {@link #builder} has the other
   * choices.
   *
   * @throws colonnade.error.StorageException if the disk is full, something else is in its place,
   *     or the system refuses
   */
  public static MappedArray create(Path path, DataType type, long... shape) {
    return builder(path).type(type).shape(shape).create();
  }

  /** As {@link #create(Path, DataType, long...)}. */
  public static MappedArray create(String path, DataType type, long... shape) {
    return create(Path.of(path), type, shape);
  }

  /**
   * Maps an existing little-endian file whose length is exactly that of the type and shape.
   *
   * @throws colonnade.error.ShapeMismatchException if it is shorter or longer; it is never grown
   * @throws colonnade.error.StorageException if there is no such file, it is a link, pipe or
   *     device, or the system refuses
   * @throws colonnade.error.ReadOnlyException if the mode needs permission to write, and there is
   *     none
   */
  public static MappedArray open(Path path, Mode mode, DataType type, long... shape) {
    return builder(path).type(type).shape(shape).open(mode);
  }

  /** As {@link #open(Path, Mode, DataType, long...)}. */
  public static MappedArray open(String path, Mode mode, DataType type, long... shape) {
    return open(Path.of(path), mode, type, shape);
  }

  /**
   * All choices for creating or opening: type, shape, byte order, byte offset, flush policy, space.
   */
  public static MappedArrayBuilder builder(Path path) {
    return new MappedArrayBuilder(path);
  }

  /** As {@link #builder(Path)}. */
  public static MappedArrayBuilder builder(String path) {
    return builder(Path.of(path));
  }

  static MappedArray create(
      ArrayLayout layout, byte[] header, boolean reserve, FlushPolicy policy) {
    return over(ArrayCreator.create(layout, header, reserve, policy));
  }

  /** The file. */
  public Path path() {
    return view.file().layout().path();
  }

  /** The type of the elements. */
  public DataType type() {
    return view.elements().type();
  }

  /** Their byte order in the file; of no effect for types of one byte. */
  public ByteOrder byteOrder() {
    return view.elements().order();
  }

  /** How the file was opened. */
  public Mode mode() {
    return view.file().mode();
  }

  /** The sizes of all axes; empty for a single element. */
  public long[] shape() {
    return view.region().shape();
  }

  /** The number of axes. */
  public int rank() {
    return view.region().rank();
  }

  /** The number of elements: the product of the shape. */
  public long size() {
    return view.region().elementCount();
  }

  /**
   * A view of the ranges {@code from0, to0, from1, to1, …} along the axes in turn, each without its
   * end; axes without a range are kept whole. Costs nothing.
   */
  public MappedArray slice(long... bounds) {
    return new MappedArray(view.with(view.region().slice(bounds)), false);
  }

  /**
   * A view at one index of the first axis, which is dropped: row {@code index} of a matrix. Costs
   * nothing.
   */
  public MappedArray at(long index) {
    return at(0, index);
  }

  /**
   * A view at one index of any axis, which is dropped: {@code at(1, 3)} is column 3 of a matrix.
   * Costs nothing.
   */
  public MappedArray at(int axis, long index) {
    return new MappedArray(view.with(view.region().at(axis, index)), false);
  }

  /**
   * The element at one index per axis, of any type; an integer without an exact double is refused.
   */
  public double get(long... index) {
    return CopyOut.doubleAt(view, index);
  }

  /**
   * The element at one index per axis, of an integer, temporal or boolean type; a boolean is 0 or
   * 1.
   */
  public long getLong(long... index) {
    return CopyOut.longAt(view, index);
  }

  /**
   * Stores one element: rounded to the nearest {@code f32}; for integers it must be a whole number
   * in range.
   */
  public void set(double value, long... index) {
    CopyIn.put(view, value, index);
  }

  /** Stores one element, which must hold the value exactly. */
  public void set(long value, long... index) {
    CopyIn.put(view, value, index);
  }

  /** A copy in row-major order, from {@code f32} and integers to 16 bits. */
  public float[] toFloats() {
    return CopyOut.toFloats(view);
  }

  /** A copy in row-major order, from {@code f64}, {@code f32} and integers to 32 bits. */
  public double[] toDoubles() {
    return CopyOut.toDoubles(view);
  }

  /**
   * A copy in row-major order, from integers to {@code i32}, dates (days) and booleans (0 or 1).
   */
  public int[] toInts() {
    return CopyOut.toInts(view);
  }

  /**
   * A copy in row-major order, from all integers, dates (days), timestamps (microseconds) and
   * booleans (0 or 1).
   */
  public long[] toLongs() {
    return CopyOut.toLongs(view);
  }

  /**
   * A copy in row-major order, from {@code i8}, {@code u8} (the same bits) and booleans (0 or 1).
   */
  public byte[] toBytes() {
    return CopyOut.toBytes(view);
  }

  /** Stores one value for each element, in row-major order, in {@code f32} or {@code f64}. */
  public void assign(float[] values) {
    CopyIn.assign(view, values);
  }

  /** Stores one value for each element, in row-major order, in {@code f64}. */
  public void assign(double[] values) {
    CopyIn.assign(view, values);
  }

  /**
   * Stores one value for each element, in row-major order, in any integral type that holds all of
   * them, or in {@code f64}.
   */
  public void assign(int[] values) {
    CopyIn.assign(view, values);
  }

  /**
   * Stores one value for each element, in row-major order, in any integral type that holds all of
   * them.
   */
  public void assign(long[] values) {
    CopyIn.assign(view, values);
  }

  /**
   * Stores one value for each element, in row-major order, in {@code i8}, {@code u8} (the same
   * bits) or {@code bool} (0 or 1).
   */
  public void assign(byte[] values) {
    CopyIn.assign(view, values);
  }

  /**
   * Copies all elements of an array or view of the same shape, of any byte order, widening its type
   * if needed. Both may be views of one file; where they overlap, the source is first copied to
   * memory outside the heap.
   */
  public void assign(MappedArray values) {
    Transfer.copy(values.view, view);
  }

  /** As {@link #fill(double)}. */
  public void assign(double value) {
    fill(value);
  }

  /** As {@link #fill(long)}. */
  public void assign(long value) {
    fill(value);
  }

  /** Stores one value in every element, as {@link #set(double, long...)} would. */
  public void fill(double value) {
    CopyIn.fill(view, value);
  }

  /** Stores one value in every element, as {@link #set(long, long...)} would. */
  public void fill(long value) {
    CopyIn.fill(view, value);
  }

  /**
   * Stores {@code values[i]} in element {@code indices[i]}, counted in row-major order over this
   * array or view. The stores are staged, sorted and made in the order of the file, so that each
   * page is touched once; of several for one element the last stays.
   */
  public void put(long[] indices, double[] values) {
    ScatteredStores.put(view, indices, values);
  }

  /** As {@link #put(long[], double[])}, with values that the elements must hold exactly. */
  public void put(long[] indices, long[] values) {
    ScatteredStores.put(view, indices, values);
  }

  /**
   * The sum, one element after the other: of integers exact up to 2^63, then as a double; NaN if
   * any element is.
   */
  public double sum() {
    return Totals.sum(view);
  }

  /** The mean; NaN if any element is, or if there is none. */
  public double mean() {
    return sum() / size();
  }

  /** The smallest element; NaN if any element is, infinity if there is none. */
  public double min() {
    return Totals.min(view);
  }

  /** The largest element; NaN if any element is, minus infinity if there is none. */
  public double max() {
    return Totals.max(view);
  }

  /**
   * Makes all that was written to the file durable, through whichever view: one sync for each run
   * of dirty pages, none if nothing was written.
   *
   * @throws colonnade.error.ReadOnlyException in {@link Mode#READ_ONLY} and in {@link
   *     Mode#COPY_ON_WRITE}, which keeps nothing
   * @throws colonnade.error.StorageException if the disk refuses; the file's contents are then
   *     unknown, and no later flush succeeds
   */
  public void flush() {
    view.file().flush();
  }

  /**
   * What the last flush that had anything to write wrote, be it asked for or by policy: bytes
   * stored, pages they lie in, bytes that the system wrote. Empty before the first.
   */
  public Optional<WriteReport> lastFlush() {
    return view.file().lastFlush();
  }

  /**
   * What was written and not yet flushed, as ranges of the file in whole pages of 4 KiB. In {@link
   * Mode#COPY_ON_WRITE} this is what close will lose.
   */
  public List<ByteRange> dirtyRanges() {
    return view.file().dirtyRanges();
  }

  /** How many bytes {@link #dirtyRanges} covers. */
  public long dirtyBytes() {
    return dirtyRanges().stream().mapToLong(ByteRange::byteCount).sum();
  }

  /** Whether the file is closed. */
  public boolean isClosed() {
    return view.file().isClosed();
  }

  /**
   * Flushes what a file opened for writing has not flushed yet, and unmaps it; of a view, does
   * nothing.
   */
  @Override
  public void close() {
    if (owns) {
      view.file().close();
    }
  }

  /** Type, shape, file and mode; no values. */
  @Override
  public String toString() {
    return type()
        + Arrays.toString(shape())
        + " in "
        + path()
        + " ("
        + mode()
        + (isClosed() ? ", closed)" : ")");
  }
}
