package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One column of a chunk as it was read, in as few bytes as hold its whole numbers with their signs.
 * An immutable value; its memory is someone else's.
 *
 * @param type of the values; null if all rows are null, whatever the type
 * @param survey for text: whose numbers of texts the values are; else -1
 * @param codes for text: which code of the column's dictionary stands for a number of a text; null
 *     if the numbers are the codes, or nothing is known yet
 * @param widthBytes of a value
 * @param values one for each row
 * @param validity a bit for each row, set where it is present; null if all are
 */
record KeptColumn(
    @Nullable DataType type,
    int survey,
    int @Nullable [] codes,
    int widthBytes,
    MemorySegment values,
    @Nullable MemorySegment validity) {
  private static final KeptColumn NULLS =
      new KeptColumn(null, -1, null, 0, MemorySegment.NULL, null);

  /** Nothing but nulls. */
  static KeptColumn nulls() {
    return NULLS;
  }

  /**
   * A copy of the first {@code rows} values of {@code vector}, which is plain.
   *
   * @return null if there is no memory for it
   */
  static @Nullable KeptColumn copy(
      DataType type, int survey, Vector vector, int rows, KeptMemory memory, NumberBytes numbers) {
    MemorySegment source = vector.data();
    MemorySegment validity = vector.validity();
    int sourceBytes = vector.type().widthBytes();
    boolean isFloat = type == DataType.F32 || type == DataType.F64;
    int width =
        isFloat || sourceBytes == 1 ? sourceBytes : numbers.narrowest(source, sourceBytes, rows);
    MemorySegment values = memory.allocate((long) rows * width);
    int bitBytes = (rows + 7) >> 3;
    MemorySegment bits = validity == null ? null : memory.allocate(bitBytes);
    if (values == null || validity != null && bits == null) {
      return null;
    }
    if (validity != null && bits != null) {
      MemorySegment.copy(validity, 0, bits, 0, bitBytes);
    }
    if (width == sourceBytes) {
      MemorySegment.copy(source, 0, values, 0, (long) rows * width);
    } else {
      numbers.copy(source, sourceBytes, values, width, rows);
    }
    return new KeptColumn(type, survey, null, width, values, bits);
  }

  /** The same with the codes that the numbers of texts have in the column's dictionary. */
  KeptColumn withCodes(int @Nullable [] newCodes) {
    return new KeptColumn(type, survey, newCodes, widthBytes, values, validity);
  }

  /** Writes the values of rows {@code [from, from + count)} to {@code target}. */
  void read(int from, int count, long[] target, NumberBytes numbers) {
    if (widthBytes == 0) {
      Arrays.fill(target, 0, count, 0);
    } else {
      numbers.load(values, widthBytes, from, target, count);
    }
    int[] map = codes;
    if (map != null) {
      for (int i = 0; i < count; i++) {
        target[i] = map[(int) target[i]];
      }
    }
  }
}
