package colonnade.arrow;

import colonnade.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a file and what it becomes. An immutable value.
 *
 * @param name the name in the file
 * @param arrowType Arrow's name of the type, for messages
 * @param type what it becomes; a placeholder where {@code refusal} is not empty
 * @param layout how values are stored
 * @param width bytes of a stored value: of a number, a time, a fixed-size binary
 * @param factor what the layout multiplies or divides by, or a decimal's scale
 * @param node position of its node in a record batch
 * @param buffer position of its first buffer
 * @param view how many columns of views stand before it
 * @param codes how its dictionary codes are stored, or null if it has no dictionary; the other
 *     parts then describe the dictionary's values, in their own batch
 * @param refusal why the column cannot be read; empty if it can
 */
record IpcColumn(
    String name,
    String arrowType,
    DataType type,
    Layout layout,
    int width,
    long factor,
    int node,
    int buffer,
    int view,
    @Nullable Codes codes,
    String refusal) {
  /** How values are stored. */
  enum Layout {
    /** As here: used in place. */
    SAME,
    /** One bit each. */
    BITS,
    /** Integers to be multiplied. */
    MULTIPLIED,
    /** Integers to be divided, rounding down. */
    DIVIDED,
    /** Unsigned 64-bit integers. */
    UNSIGNED_LONG,
    /** IEEE 754 half precision. */
    HALF,
    /** Little-endian unscaled integers. */
    DECIMAL,
    /** 32-bit offsets beside bytes. */
    SHORT_OFFSETS,
    /** 64-bit offsets beside bytes: used in place. */
    LONG_OFFSETS,
    /** Bytes of one length. */
    FIXED_BYTES,
    /** Length and bytes, or where the bytes are. */
    VIEWS,
    /** Nothing: all are null. */
    NOTHING
  }

  /**
   * How dictionary codes are stored.
   *
   * @param id the dictionary
   * @param width bytes of a code
   * @param node position of the codes' node in a record batch
   * @param buffer position of their first buffer
   * @param view how many columns of views stand before them
   */
  record Codes(long id, int width, int node, int buffer, int view) {}
}
