package colonnade.engine.store.array;

import colonnade.DataType;
import colonnade.error.TypeMismatchException;
import java.util.EnumSet;
import java.util.Set;

/**
 * The kinds of Java arrays that elements are copied to and from, and which types each suits: all
 * values of the type must have an exact place in the array, and the other way round, except that an
 * array of integers may be written to a narrower integer type, where each value is then checked.
 */
enum JavaArray {
  FLOATS("float[]", Sets.SMALL_INTEGERS, Sets.FLOATS, Set.of(DataType.F32, DataType.F64)),
  DOUBLES(
      "double[]",
      Sets.INTEGERS_TO_32_BITS,
      Set.of(DataType.F32, DataType.F64),
      Set.of(DataType.F64)),
  INTS(
      "int[]",
      Sets.SMALL_INTEGERS,
      Set.of(DataType.I32, DataType.DATE, DataType.BOOL),
      Sets.INTEGRAL_AND_F64),
  LONGS("long[]", Sets.INTEGRAL, Set.of(), Sets.INTEGRAL),
  BYTES("byte[]", Set.of(), Sets.BYTES, Sets.BYTES);

  private final String label;
  private final Set<DataType> readable;
  private final Set<DataType> writable;

  JavaArray(
      String label, Set<DataType> readable, Set<DataType> alsoReadable, Set<DataType> writable) {
    EnumSet<DataType> all = EnumSet.noneOf(DataType.class);
    all.addAll(readable);
    all.addAll(alsoReadable);
    this.label = label;
    this.readable = all;
    this.writable = writable;
  }

  /** Refuses to read a type that this kind of array cannot hold exactly. */
  void checkReads(DataType type, String place) {
    if (!readable.contains(type)) {
      throw new TypeMismatchException(
          place,
          place
              + " has elements of "
              + type
              + "; a "
              + label
              + " cannot hold all of their values exactly",
          "Read it with "
              + (type.isFloating()
                  ? type == DataType.F32 ? "toFloats or toDoubles" : "toDoubles"
                  : "toLongs")
              + ".");
    }
  }

  /** Refuses to write to a type that cannot hold exactly what this kind of array holds. */
  void checkWrites(DataType type, String place) {
    if (!writable.contains(type)) {
      throw new TypeMismatchException(
          place,
          place
              + " has elements of "
              + type
              + ", which cannot hold all values of a "
              + label
              + " exactly",
          "Convert the values to a "
              + (type == DataType.F32 ? "float[]" : type == DataType.F64 ? "double[]" : "long[]")
              + " first.");
    }
  }

  /** Whether every value of {@code from} has its exact place in {@code to}. */
  static boolean widens(DataType from, DataType to) {
    if (from == to) {
      return true;
    }
    if (to == DataType.F64) {
      return DOUBLES.readable.contains(from);
    }
    if (to == DataType.F32) {
      return FLOATS.readable.contains(from);
    }
    return from.isInteger()
        && to.isInteger()
        && Ranges.minimum(to) <= Ranges.minimum(from)
        && Ranges.maximum(to) >= Ranges.maximum(from);
  }

  private static final class Sets {
    static final Set<DataType> BYTES = Set.of(DataType.I8, DataType.U8, DataType.BOOL);
    static final Set<DataType> FLOATS = Set.of(DataType.F32);
    static final Set<DataType> SMALL_INTEGERS =
        Set.of(DataType.I8, DataType.U8, DataType.I16, DataType.U16);
    static final Set<DataType> INTEGERS_TO_32_BITS =
        Set.of(DataType.I8, DataType.U8, DataType.I16, DataType.U16, DataType.I32, DataType.U32);
    static final Set<DataType> INTEGRAL =
        EnumSet.complementOf(
            EnumSet.of(DataType.F32, DataType.F64, DataType.UTF8, DataType.BINARY));
    static final Set<DataType> INTEGRAL_AND_F64 =
        EnumSet.complementOf(EnumSet.of(DataType.F32, DataType.UTF8, DataType.BINARY));
  }
}
