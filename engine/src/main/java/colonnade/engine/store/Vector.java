package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import colonnade.DataType;
import colonnade.error.CorruptColumnException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Values of one type for consecutive rows, usually one batch: a window on native memory (a mapped
 * column or scratch), never a copy, valid as long as that memory. Row {@code i} counts from the
 * window's first row. An immutable value; the memory is not.
 *
 * <ul>
 *   <li>Fixed width: row {@code i} is at {@code dataOffset + i * widthBytes} of {@code data},
 *       little-endian.
 *   <li>Plain text and binary: row {@code i} is bytes {@code [o[i], o[i + 1])} of {@code data},
 *       where {@code o} is 64-bit offsets in {@code offsets} from byte {@code offsetsOffset} on.
 *       Offsets count from byte {@code dataOffset} of {@code data}.
 *   <li>Dictionary, narrow and scaled: row {@code i}'s unsigned code of {@code codeWidthBytes} is
 *       at {@code dataOffset + i * codeWidthBytes} of {@code data}; {@code dictionary} or {@code
 *       numberCode} says what it stands for.
 *   <li>Bits: boolean {@code i} is bit {@code i % 8} (least significant first) of byte {@code
 *       dataOffset + i / 8} of {@code data}.
 * </ul>
 *
 * <p>Validity: bit {@code i % 8} (least significant first) of byte {@code validityOffset + i / 8}
 * is set when row {@code i} is present; no validity means no nulls. What a null row's data holds is
 * defined only in that reading it is safe (a code below the dictionary's size, offsets in order).
 */
public record Vector(
    DataType type,
    Encoding encoding,
    MemorySegment data,
    long dataOffset,
    @Nullable MemorySegment validity,
    long validityOffset,
    @Nullable MemorySegment offsets,
    long offsetsOffset,
    @Nullable Dictionary dictionary,
    int codeWidthBytes,
    @Nullable NumberCode numberCode) {
  /** What an array holds. */
  private static final int MAX_VALUE_BYTES = Integer.MAX_VALUE - 8;

  /** A window on plain values of fixed width. */
  public static Vector fixed(
      DataType type,
      MemorySegment data,
      long dataOffset,
      @Nullable MemorySegment validity,
      long validityOffset) {
    return new Vector(
        type, Encoding.PLAIN, data, dataOffset, validity, validityOffset, null, 0, null, 0, null);
  }

  /** A window on plain text or binary. */
  public static Vector variable(
      DataType type,
      MemorySegment bytes,
      long bytesOffset,
      MemorySegment offsets,
      long offsetsOffset,
      @Nullable MemorySegment validity,
      long validityOffset) {
    return new Vector(
        type,
        Encoding.PLAIN,
        bytes,
        bytesOffset,
        validity,
        validityOffset,
        offsets,
        offsetsOffset,
        null,
        0,
        null);
  }

  /** A window on dictionary codes. */
  public static Vector coded(
      Dictionary dictionary,
      int codeWidthBytes,
      MemorySegment codes,
      long codesOffset,
      @Nullable MemorySegment validity,
      long validityOffset) {
    return new Vector(
        dictionary.type(),
        Encoding.DICTIONARY,
        codes,
        codesOffset,
        validity,
        validityOffset,
        null,
        0,
        dictionary,
        codeWidthBytes,
        null);
  }

  /** A window on codes of numbers, narrow or scaled as the type has it. */
  public static Vector numbers(
      DataType type,
      NumberCode numberCode,
      int codeWidthBytes,
      MemorySegment codes,
      long codesOffset,
      @Nullable MemorySegment validity,
      long validityOffset) {
    return new Vector(
        type,
        NumberCode.encodingOf(type),
        codes,
        codesOffset,
        validity,
        validityOffset,
        null,
        0,
        null,
        codeWidthBytes,
        numberCode);
  }

  /** A window on booleans of one bit each. */
  public static Vector bits(
      MemorySegment bits, long bitsOffset, @Nullable MemorySegment validity, long validityOffset) {
    return new Vector(
        DataType.BOOL,
        Encoding.BITS,
        bits,
        bitsOffset,
        validity,
        validityOffset,
        null,
        0,
        null,
        0,
        null);
  }

  /**
   * The codes of a narrow, scaled or dictionary vector as plain unsigned integers; as {@code i32}
   * for the 4-byte codes of a dictionary, which have no sign.
   */
  public Vector codes() {
    DataType unsigned =
        switch (codeWidthBytes) {
          case 1 -> DataType.U8;
          case 2 -> DataType.U16;
          case 4 -> isCoded() ? DataType.I32 : DataType.U32;
          default -> throw new IllegalStateException("no codes in a vector of " + encoding);
        };
    return fixed(unsigned, data, dataOffset, validity, validityOffset);
  }

  /** The same values with another validity; null for none. */
  public Vector withValidity(@Nullable MemorySegment newValidity, long newValidityOffset) {
    return new Vector(
        type,
        encoding,
        data,
        dataOffset,
        newValidity,
        newValidityOffset,
        offsets,
        offsetsOffset,
        dictionary,
        codeWidthBytes,
        numberCode);
  }

  /**
   * Other values or codes, and their validity, in this encoding, from byte 0 on; not plain text.
   */
  Vector withRows(MemorySegment newData, @Nullable MemorySegment newValidity) {
    return new Vector(
        type,
        encoding,
        newData,
        0,
        newValidity,
        0,
        null,
        0,
        dictionary,
        codeWidthBytes,
        numberCode);
  }

  /** The window that starts {@code rows} rows later; a multiple of 8 where there are any bits. */
  public Vector from(int rows) {
    if (rows == 0) {
      return this;
    }
    long bytes =
        switch (encoding) {
          case PLAIN, CONSTANT -> (long) rows * type.widthBytes();
          case DICTIONARY, NARROW, SCALED -> (long) rows * codeWidthBytes;
          case BITS -> rows >> 3;
        };
    return new Vector(
        type,
        encoding,
        data,
        dataOffset + bytes,
        validity,
        validityOffset + (rows >> 3),
        offsets,
        offsets == null ? offsetsOffset : offsetsOffset + (long) rows * Long.BYTES,
        dictionary,
        codeWidthBytes,
        numberCode);
  }

  /** Whether the values are dictionary codes. */
  public boolean isCoded() {
    return encoding == Encoding.DICTIONARY;
  }

  /** Whether the values are codes of numbers: narrow or scaled. */
  public boolean isNumberCoded() {
    return numberCode != null;
  }

  /** Whether the values have to be decoded to become plain: narrow, scaled, bits. */
  public boolean isPacked() {
    return numberCode != null || encoding == Encoding.BITS;
  }

  /** Whether row {@code i} is null. */
  public boolean isNull(int i) {
    return validity != null
        && (validity.get(JAVA_BYTE, validityOffset + (i >> 3)) >> (i & 7) & 1) == 0;
  }

  /** The code of row {@code i}, as an unsigned int; only for vectors of codes. */
  public int code(int i) {
    return switch (codeWidthBytes) {
      case 1 -> data.get(JAVA_BYTE, dataOffset + i) & 0xff;
      case 2 -> data.get(JAVA_SHORT_UNALIGNED, dataOffset + 2L * i) & 0xffff;
      default -> data.get(JAVA_INT_UNALIGNED, dataOffset + 4L * i);
    };
  }

  /**
   * Row {@code i} widened to a long; for integers, booleans (0 or 1) and temporal types. One value
   * at a time: not for loops.
   */
  public long longAt(int i) {
    NumberCode numbers = numberCode;
    if (numbers != null && type != DataType.F64) {
      return numbers.longOf(Integer.toUnsignedLong(code(i)));
    }
    if (encoding == Encoding.BITS) {
      return data.get(JAVA_BYTE, dataOffset + (i >> 3)) >> (i & 7) & 1;
    }
    return switch (type) {
      case I8 -> data.get(JAVA_BYTE, dataOffset + i);
      case U8, BOOL -> data.get(JAVA_BYTE, dataOffset + i) & 0xff;
      case I16 -> data.get(JAVA_SHORT_UNALIGNED, dataOffset + 2L * i);
      case U16 -> data.get(JAVA_SHORT_UNALIGNED, dataOffset + 2L * i) & 0xffff;
      case I32, DATE -> data.get(JAVA_INT_UNALIGNED, dataOffset + 4L * i);
      case U32 -> data.get(JAVA_INT_UNALIGNED, dataOffset + 4L * i) & 0xffffffffL;
      case I64, TIMESTAMP_MICROS -> data.get(JAVA_LONG_UNALIGNED, dataOffset + 8L * i);
      case F32, F64, UTF8, BINARY ->
          throw new IllegalStateException("no integer in a vector of " + type);
    };
  }

  /** Row {@code i} as a double; for all numbers. One value at a time: not for loops. */
  public double doubleAt(int i) {
    NumberCode numbers = numberCode;
    if (numbers != null) {
      return numbers.doubleOf(Integer.toUnsignedLong(code(i)));
    }
    return switch (type) {
      case F32 -> data.get(JAVA_FLOAT_UNALIGNED, dataOffset + 4L * i);
      case F64 -> data.get(JAVA_DOUBLE_UNALIGNED, dataOffset + 8L * i);
      default -> longAt(i);
    };
  }

  /** Offset in {@link #data} of the first byte of row {@code i} of plain text or binary. */
  public long start(int i) {
    MemorySegment o = offsets;
    if (o == null) {
      throw new IllegalStateException("no offsets in a vector of " + type + ", " + encoding);
    }
    return dataOffset + o.get(JAVA_LONG_UNALIGNED, offsetsOffset + 8L * i);
  }

  /**
   * A copy of the bytes of row {@code i} of text or binary, plain or coded.
   *
   * @throws CorruptColumnException if they lie outside those of the column: its offsets or codes
   *     were damaged
   */
  public byte[] bytesAt(int i) {
    Dictionary d = dictionary;
    if (d != null) {
      return d.bytesOf(code(i));
    }
    long start = start(i);
    long end = start(i + 1);
    if (start < 0 || end < start || end > data.byteSize() || end - start > MAX_VALUE_BYTES) {
      throw new CorruptColumnException(
          "a column of " + type,
          "a row has bytes " + start + " to " + end + " of " + data.byteSize(),
          "Run `colonnade verify` on the table, and restore it.");
    }
    return data.asSlice(start, end - start).toArray(JAVA_BYTE);
  }

  /** Row {@code i} of text, plain or coded. */
  public String textAt(int i) {
    return new String(bytesAt(i), StandardCharsets.UTF_8);
  }
}
