package colonnade.engine.store.array;

import colonnade.DataType;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What a file is taken for: elements of one type and byte order in some shape, from a byte offset
 * on to the end of the file.
 *
 * @param elements type and byte order
 * @param region the whole array
 * @param offsetBytes bytes before the first element, any number
 */
public record ArrayLayout(Path path, Elements elements, Region region, long offsetBytes) {
  /**
   * The layout of a row-major array.
   *
   * @throws TypeMismatchException if {@code type} has no fixed width
   * @throws InvalidQueryException if the shape or the offset is impossible
   */
  public static ArrayLayout rowMajor(
      Path path, DataType type, ByteOrder order, long offsetBytes, long... shape) {
    if (type.isVariable()) {
      throw new TypeMismatchException(
          path.toString(),
          "an array of " + type + " cannot be mapped from " + path,
          "Elements need a fixed width; text and binary have their place in a table.");
    }
    return new ArrayLayout(
        path, new Elements(type, order), Region.rowMajor(path.toString(), shape), offsetBytes);
  }

  public ArrayLayout {
    if (offsetBytes < 0) {
      throw new InvalidQueryException(
          path.toString(),
          "byte offset " + offsetBytes + " for " + path + " is negative",
          "Give 0 or more.");
    }
    try {
      Math.addExact(offsetBytes, Math.multiplyExact(region.elementCount(), elements.width()));
    } catch (ArithmeticException e) {
      throw new InvalidQueryException(
          path.toString(),
          "shape " + region + " of " + elements.type() + " is larger than 2^63 bytes",
          "Check the order and the units of the sizes.",
          e);
    }
  }

  /** The file, for messages. */
  public String place() {
    return path.toString();
  }

  /** Bytes of all elements. */
  public long dataBytes() {
    return region.elementCount() * elements.width();
  }

  /** The length that the file must have, exactly. */
  public long fileBytes() {
    return offsetBytes + dataBytes();
  }
}
