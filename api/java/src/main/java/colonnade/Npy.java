package colonnade;

import colonnade.engine.store.array.ArrayLayout;
import colonnade.engine.store.array.ArrayOpener;
import colonnade.engine.store.array.NpyHeader;
import colonnade.engine.store.array.NpyReader;
import colonnade.error.InvalidQueryException;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Maps numpy's {@code .npy} files in place, without a copy, and makes new ones. Type, shape and
 * byte order stand in the file's header, which is recognised strictly and never evaluated; pickled
 * objects are refused.
 *
 * <p>Types: {@code b1 i1 i2 i4 i8 u1 u2 u4 f4 f8} in both byte orders, and {@code M8[us]} as
 * timestamps (numpy's NaT reads as {@link Long#MIN_VALUE}). Arrays in Fortran's order are mapped
 * too: indices are numpy's, only the first axis varies fastest in the file. The length of the file
 * must be exactly that of header and shape. For all else see {@link MappedArray}.
 */
public final class Npy {
  private Npy() {}

  /**
   * Maps a file for reading.
   *
   * @throws colonnade.error.MalformedInputException if the header is not as numpy writes it
   * @throws colonnade.error.UnsupportedFormatException if the version or the type is not read
   * @throws colonnade.error.ShapeMismatchException if the file is shorter or longer than its header
   *     says
   * @throws colonnade.error.StorageException if there is no such file, it is a link, pipe or
   *     device, or the system refuses
   */
  public static MappedArray map(Path path) {
    return map(path, Mode.READ_ONLY);
  }

  /** As {@link #map(Path)}. */
  public static MappedArray map(String path) {
    return map(Path.of(path));
  }

  /**
   * Maps a file as {@link #map(Path)} does, in any mode but {@link Mode#CREATE}; writes leave the
   * header as it is.
   */
  public static MappedArray map(Path path, Mode mode) {
    return map(path, mode, FlushPolicy.atClose());
  }

  /** As {@link #map(Path, Mode)}. */
  public static MappedArray map(String path, Mode mode) {
    return map(Path.of(path), mode);
  }

  /** As {@link #map(Path, Mode)}, with flushes as {@link MappedArrayBuilder#flushPolicy} says. */
  public static MappedArray map(Path path, Mode mode, FlushPolicy policy) {
    if (mode == Mode.CREATE) {
      throw new InvalidQueryException(
          path.toString(),
          "Npy.map does not create " + path,
          "Npy.create makes a new file, and needs a type and a shape.");
    }
    return MappedArray.over(ArrayOpener.open(NpyReader.read(path).layout(path), mode, policy));
  }

  /**
   * Creates a little-endian {@code .npy} file of zeros, with its space on disk, and maps it for
   * writing. A regular file in its place is replaced.
   *
   * @throws colonnade.error.TypeMismatchException for {@code date}, which numpy has with 64 bits
   *     only, {@code utf8} and {@code binary}
   * @throws colonnade.error.StorageException if the disk is full, something else is in its place,
   *     or the system refuses
   */
  public static MappedArray create(Path path, DataType type, long... shape) {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    ArrayLayout data = ArrayLayout.rowMajor(path, type, order, 0, shape);
    NpyHeader header = NpyHeader.of(type, order, path.toString(), data.region().shape());
    return MappedArray.create(header.layout(path), header.toBytes(), true, FlushPolicy.atClose());
  }

  /** As {@link #create(Path, DataType, long...)}. */
  public static MappedArray create(String path, DataType type, long... shape) {
    return create(Path.of(path), type, shape);
  }
}
