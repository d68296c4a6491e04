package colonnade;

import colonnade.engine.store.array.ArrayLayout;
import colonnade.engine.store.array.ArrayOpener;
import colonnade.error.InvalidQueryException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * All choices for a raw array file; type and shape have no default. Made by {@link
 * MappedArray#builder}, for one thread.
 *
 * <p>What each mode does to the file is one table in {@code src/docs/format.md}.
 */
public final class MappedArrayBuilder {
  private final Path path;
  private @Nullable DataType type;
  private long @Nullable [] shape;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private long offsetBytes;
  private FlushPolicy flushPolicy = FlushPolicy.atClose();
  private boolean sparse;

  MappedArrayBuilder(Path path) {
    this.path = path;
  }

  /** The type of the elements, of fixed width. */
  public MappedArrayBuilder type(DataType elementType) {
    this.type = elementType;
    return this;
  }

  /** The sizes of the axes, the slowest first. None at all is a single element. */
  public MappedArrayBuilder shape(long... sizes) {
    this.shape = sizes.clone();
    return this;
  }

  /** The byte order in the file; little-endian by default, on every machine. */
  public MappedArrayBuilder byteOrder(ByteOrder byteOrder) {
    this.order = byteOrder;
    return this;
  }

  /**
   * Bytes of the file before the first element, which need not be aligned; 0 by default. They are
   * neither read nor written.
   */
  public MappedArrayBuilder offset(long bytes) {
    this.offsetBytes = bytes;
    return this;
  }

  /**
   * When writes are flushed without being asked; {@link FlushPolicy#atClose} by default. The policy
   * is asked after each write call. It counts as many rows as the call touched indices of the first
   * axis: one for a single element, 100 for a slice of 100 rows whatever its columns, and one for
   * each value of a scattered store. What is left is flushed at close under every policy.
   */
  public MappedArrayBuilder flushPolicy(FlushPolicy policy) {
    this.flushPolicy = policy;
    return this;
  }

  /**
   * Creates the file without reserving its space on disk: pages never written take none, but a
   * store may find the disk full, which is then an error in the middle of the work.
   */
  public MappedArrayBuilder sparse() {
    this.sparse = true;
    return this;
  }

  /** Creates the file; as {@link MappedArray#create(Path, DataType, long...)}. */
  public MappedArray create() {
    return MappedArray.create(layout(), new byte[0], !sparse, flushPolicy);
  }

  /**
   * Opens the file, or creates it in {@link Mode#CREATE}; as {@link MappedArray#open(Path, Mode,
   * DataType, long...)}.
   */
  public MappedArray open(Mode mode) {
    return mode == Mode.CREATE
        ? create()
        : MappedArray.over(ArrayOpener.open(layout(), mode, flushPolicy));
  }

  private ArrayLayout layout() {
    if (type == null || shape == null) {
      throw new InvalidQueryException(
          path.toString(),
          "a raw array needs a "
              + (type == null ? "type" : "shape")
              + ", which "
              + path
              + " does not say",
          "Call type and shape before open or create.");
    }
    return ArrayLayout.rowMajor(path, type, order, offsetBytes, shape);
  }
}
