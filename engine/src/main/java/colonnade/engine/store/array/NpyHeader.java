package colonnade.engine.store.array;

import colonnade.DataType;
import colonnade.error.TypeMismatchException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What the header of an {@code .npy} file says. Format: NEP 1 of numpy, versions 1.0 to 3.0.
 *
 * @param type the elements' type
 * @param order their byte order
 * @param isColumnMajor whether the first axis varies fastest ({@code fortran_order})
 * @param shape the sizes of the axes
 * @param dataOffset bytes before the first element
 */
public record NpyHeader(
    DataType type, ByteOrder order, boolean isColumnMajor, long[] shape, int dataOffset) {
  static final int MAGIC_BYTES = 6;

  /** numpy's own limit; refused before more is read. */
  static final int MAXIMUM_HEADER_BYTES = 10_000;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int PREFIX_BYTES = MAGIC_BYTES + 4;

  /** Whether {@code start} begins as every {@code .npy} file does. */
  static boolean hasMagic(byte[] start) {
    return start.length >= MAGIC_BYTES
        && Arrays.equals(start, 0, MAGIC_BYTES, MAGIC, 0, MAGIC_BYTES);
  }

  /**
   * The header of a new row-major file, padded as numpy pads it, so that elements begin at a
   * multiple of 64.
   */
  public static NpyHeader of(DataType type, ByteOrder order, String place, long... shape) {
    descriptor(type, order, place);
    NpyHeader unpadded = new NpyHeader(type, order, false, shape, 0);
    int length = PREFIX_BYTES + unpadded.dictionary().length() + 1;
    return new NpyHeader(
        type, order, false, shape, (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  }

  /** The bytes of the header, version 1.0. */
  public byte[] toBytes() {
    byte[] bytes = new byte[dataOffset];
    Arrays.fill(bytes, (byte) ' ');
    System.arraycopy(MAGIC, 0, bytes, 0, MAGIC_BYTES);
    bytes[6] = 1;
    bytes[7] = 0;
    int headerBytes = dataOffset - PREFIX_BYTES;
    bytes[8] = (byte) headerBytes;
    bytes[9] = (byte) (headerBytes >> 8);
    byte[] text = dictionary().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, bytes, PREFIX_BYTES, text.length);
    bytes[dataOffset - 1] = '\n';
    return bytes;
  }

  /** The layout of {@code path} with this header. */
  public ArrayLayout layout(Path path) {
    Region region =
        isColumnMajor
            ? Region.columnMajor(path.toString(), shape)
            : Region.rowMajor(path.toString(), shape);
    return new ArrayLayout(path, new Elements(type, order), region, dataOffset);
  }

  private String dictionary() {
    String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return "{'descr': '"
        + descriptor(type, order, "")
        + "', 'fortran_order': "
        + (isColumnMajor ? "True" : "False")
        + ", 'shape': ("
        + sizes
        + (shape.length == 1 ? "," : "")
        + "), }";
  }

  private static String descriptor(DataType type, ByteOrder order, String place) {
    String code =
        switch (type) {
          case I8 -> "i1";
          case I16 -> "i2";
          case I32 -> "i4";
          case I64 -> "i8";
          case U8 -> "u1";
          case U16 -> "u2";
          case U32 -> "u4";
          case F32 -> "f4";
          case F64 -> "f8";
          case BOOL -> "b1";
          case TIMESTAMP_MICROS -> "M8[us]";
          case DATE ->
              throw new TypeMismatchException(
                  place,
                  "an .npy file cannot hold elements of date: numpy's dates have 64 bits",
                  "Use timestamp, or i32 for the days since 1970-01-01.");
          case UTF8, BINARY ->
              throw new TypeMismatchException(
                  place,
                  "an .npy file cannot hold elements of " + type,
                  "Elements need a fixed width.");
        };
    return (type.widthBytes() == 1 ? "|" : order == ByteOrder.BIG_ENDIAN ? ">" : "<") + code;
  }
}
