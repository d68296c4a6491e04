package colonnade.engine.store.array;

import colonnade.error.InvalidQueryException;
import java.util.Arrays;

/**
 * Which elements of a mapped array a view covers, and in what order: a start and, for each axis, a
 * size and a stride. All are counted in elements. An immutable value; it knows no memory, and every
 * bound was checked when it was made.
 */
public final class Region {
  /** More axes than any array needs; numpy's limit before 2.0. */
  public static final int MAXIMUM_RANK = 32;

  private final String place;
  private final long start;
  private final long[] shape;
  private final long[] strides;

  private Region(String place, long start, long[] shape, long[] strides) {
    this.place = place;
    this.start = start;
    this.shape = shape;
    this.strides = strides;
  }

  /**
   * The whole of an array whose last axis varies fastest.
   *
   * @param place the file, for messages
   * @throws InvalidQueryException if a size is negative, there are too many axes, or the count of
   *     elements exceeds a long
   */
  public static Region rowMajor(String place, long... shape) {
    countElements(place, shape);
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(1, shape[axis]);
    }
    return new Region(place, 0, shape.clone(), strides);
  }

  /** The whole of an array whose first axis varies fastest: Fortran's order. */
  public static Region columnMajor(String place, long... shape) {
    countElements(place, shape);
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      strides[axis] = stride;
      stride *= Math.max(1, shape[axis]);
    }
    return new Region(place, 0, shape.clone(), strides);
  }

  /**
   * The product of the sizes.
   *
   * @throws InvalidQueryException as {@link #rowMajor} does
   */
  public static long countElements(String place, long... shape) {
    if (shape.length > MAXIMUM_RANK) {
      throw new InvalidQueryException(
          place,
          "a shape of " + shape.length + " axes for " + place,
          "At most " + MAXIMUM_RANK + " are possible.");
    }
    boolean empty = false;
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 0) {
        throw new InvalidQueryException(
            place,
            "axis "
                + axis
                + " of shape "
                + Arrays.toString(shape)
                + " for "
                + place
                + " is negative",
            "Every axis has a size of 0 or more.");
      }
      empty |= shape[axis] == 0;
    }
    long count = 1;
    try {
      for (long size : shape) {
        count =
            Math.multiplyExact(count, Math.max(1, size)); // so that strides cannot overflow either
      }
    } catch (ArithmeticException e) {
      throw new InvalidQueryException(
          place,
          "shape " + Arrays.toString(shape) + " for " + place + " has more elements than 2^63",
          "Check the order and the units of the sizes.",
          e);
    }
    return empty ? 0 : count;
  }

  /** The number of axes; 0 for a single element. */
  public int rank() {
    return shape.length;
  }

  /** A copy of the sizes of all axes. */
  public long[] shape() {
    return shape.clone();
  }

  /** The product of the sizes. */
  public long elementCount() {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return count;
  }

  /** Position in the file's elements of the first element covered. */
  public long start() {
    return start;
  }

  /**
   * Position in the file's elements just behind the last element covered; {@link #start} if nothing
   * is.
   */
  public long end() {
    long last = start;
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] == 0) {
        return start;
      }
      last += (shape[axis] - 1) * strides[axis];
    }
    return last + 1;
  }

  /**
   * Elements from one index of the slowest axis to the next: the "row" that a flush policy counts.
   * 1 for one axis or none.
   */
  public long rowElements() {
    long slowest = 1;
    for (long stride : strides) {
      slowest = Math.max(slowest, stride);
    }
    return slowest;
  }

  /**
   * The part between the bounds: {@code from0, to0, from1, to1, …}, each pair half open and for one
   * axis, in order; axes without a pair are kept whole.
   *
   * @throws InvalidQueryException if a bound is outside its axis, a pair is reversed or incomplete,
   *     or there are too many pairs
   */
  public Region slice(long... bounds) {
    if (bounds.length % 2 != 0 || bounds.length / 2 > rank()) {
      throw new InvalidQueryException(
          place,
          "slice"
              + text(bounds)
              + " of "
              + place
              + " with shape "
              + Arrays.toString(shape)
              + " has "
              + bounds.length
              + " bounds",
          "Give from and to for each axis in turn, at most "
              + 2 * rank()
              + " numbers: slice(from0, to0, from1, to1).");
    }
    long[] newShape = shape.clone();
    long newStart = start;
    for (int axis = 0; axis < bounds.length / 2; axis++) {
      long from = bounds[2 * axis];
      long to = bounds[2 * axis + 1];
      if (from < 0 || to < from || to > shape[axis]) {
        throw new InvalidQueryException(
            place,
            "range "
                + from
                + " to "
                + to
                + " on axis "
                + axis
                + " is outside shape "
                + Arrays.toString(shape)
                + " of "
                + place,
            "A range on axis "
                + axis
                + " lies within 0 to "
                + shape[axis]
                + ", from no larger than to.");
      }
      newShape[axis] = to - from;
      newStart += from * strides[axis];
    }
    return new Region(place, newStart, newShape, strides);
  }

  /**
   * The part at one index of one axis, which is dropped.
   *
   * @throws InvalidQueryException if there is no such axis or index
   */
  public Region at(int axis, long index) {
    if (axis < 0 || axis >= rank()) {
      throw new InvalidQueryException(
          place,
          "no axis " + axis + " in shape " + Arrays.toString(shape) + " of " + place,
          rank() == 0 ? "It is a single element." : "Axes count from 0 to " + (rank() - 1) + ".");
    }
    checkIndex(axis, index);
    return new Region(
        place, start + index * strides[axis], without(shape, axis), without(strides, axis));
  }

  /**
   * Position in the file's elements of the element at one index per axis.
   *
   * @throws InvalidQueryException if the number of indices is not the rank, or one is outside its
   *     axis
   */
  public long positionOf(long... index) {
    if (index.length != shape.length) {
      throw new InvalidQueryException(
          place,
          "index "
              + text(index)
              + " has "
              + index.length
              + " numbers; "
              + place
              + " has shape "
              + Arrays.toString(shape),
          "Give one number for each of the " + rank() + " axes.");
    }
    long position = start;
    for (int axis = 0; axis < index.length; axis++) {
      if (index[axis] < 0 || index[axis] >= shape[axis]) {
        checkIndex(axis, index[axis]);
      }
      position += index[axis] * strides[axis];
    }
    return position;
  }

  /**
   * Position in the file's elements of the {@code rank}-th element in row-major order; the caller
   * has checked the bounds.
   */
  long positionOfOrdinal(long ordinal) {
    long position = start;
    long rest = ordinal;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      position += rest % shape[axis] * strides[axis];
      rest /= shape[axis];
    }
    return position;
  }

  /** The elements in row-major order, as the longest possible runs of constant stride. */
  Runs runs() {
    return new Runs(start, shape, strides);
  }

  boolean hasShapeOf(Region other) {
    return Arrays.equals(shape, other.shape);
  }

  private void checkIndex(int axis, long index) {
    if (index < 0 || index >= shape[axis]) {
      throw new InvalidQueryException(
          place,
          "index "
              + index
              + " on axis "
              + axis
              + " is outside shape "
              + Arrays.toString(shape)
              + " of "
              + place,
          shape[axis] == 0
              ? "That axis is empty."
              : "Indices on axis " + axis + " count from 0 to " + (shape[axis] - 1) + ".");
    }
  }

  private static long[] without(long[] values, int axis) {
    long[] rest = new long[values.length - 1];
    System.arraycopy(values, 0, rest, 0, axis);
    System.arraycopy(values, axis + 1, rest, axis, rest.length - axis);
    return rest;
  }

  private static String text(long[] values) {
    String list = Arrays.toString(values);
    return "(" + list.substring(1, list.length() - 1) + ")";
  }

  @Override
  public String toString() {
    return Arrays.toString(shape) + " of " + place;
  }
}
