package colonnade;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What an array must hold, kept as plain Java: every element as a long (the value of integral
 * types, the raw bits of floating point), and a view as the list of elements it covers, enumerated
 * one by one.
 */
final class ArrayModel {
  final DataType type;
  final long[] values;
  final long[] shape;
  final int[] covered;

  private ArrayModel(DataType type, long[] values, long[] shape, int[] covered) {
    this.type = type;
    this.values = values;
    this.shape = shape;
    this.covered = covered;
  }

  static ArrayModel zeros(DataType type, long... shape) {
    int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    return new ArrayModel(type, new long[count], shape, all);
  }

  ArrayModel slice(long... bounds) {
    long[] newShape = shape.clone();
    for (int axis = 0; axis < bounds.length / 2; axis++) {
      newShape[axis] = bounds[2 * axis + 1] - bounds[2 * axis];
    }
    int[] kept = new int[(int) Arrays.stream(newShape).reduce(1, (a, b) -> a * b)];
    int next = 0;
    for (int i = 0; i < covered.length; i++) {
      long[] index = indexOf(i);
      boolean inside = true;
      for (int axis = 0; axis < bounds.length / 2; axis++) {
        inside &= index[axis] >= bounds[2 * axis] && index[axis] < bounds[2 * axis + 1];
      }
      if (inside) {
        kept[next++] = covered[i];
      }
    }
    return new ArrayModel(type, values, newShape, kept);
  }

  ArrayModel at(int axis, long position) {
    long[] bounds = new long[2 * axis + 2];
    for (int i = 0; i < axis; i++) {
      bounds[2 * i + 1] = shape[i];
    }
    bounds[2 * axis] = position;
    bounds[2 * axis + 1] = position + 1;
    long[] rest = new long[shape.length - 1];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = shape[i < axis ? i : i + 1];
    }
    return new ArrayModel(type, values, rest, slice(bounds).covered);
  }

  /** The index along each axis of the i-th element in row-major order. */
  long[] indexOf(int i) {
    long[] index = new long[shape.length];
    long rest = i;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return index;
  }

  long value(int i) {
    return values[covered[i]];
  }

  /** The i-th element as the double that stands for it, for floating point and integers. */
  double doubleValue(int i) {
    return switch (type) {
      case F32 -> Float.intBitsToFloat((int) value(i));
      case F64 -> Double.longBitsToDouble(value(i));
      default -> value(i);
    };
  }

  void assign(long[] newValues) {
    for (int i = 0; i < covered.length; i++) {
      values[covered[i]] = newValues[i];
    }
  }

  long[] toValues() {
    return Arrays.stream(covered).mapToLong(i -> values[i]).toArray();
  }

  /** The file's bytes from the first element on. */
  byte[] encode(ByteOrder order) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * type.widthBytes()).order(order);
    for (long value : values) {
      switch (type.widthBytes()) {
        case 1 -> buffer.put((byte) value);
        case 2 -> buffer.putShort((short) value);
        case 4 -> buffer.putInt((int) value);
        default -> buffer.putLong(value);
      }
    }
    return buffer.array();
  }

  /**
   * Any value of the type, the extremes and the oddities of floating point more often than others.
   */
  static long randomValue(DataType type, RandomGenerator random) {
    return switch (type) {
      case I8 -> (byte) random.nextInt();
      case U8 -> random.nextInt(256);
      case I16 -> (short) random.nextInt();
      case U16 -> random.nextInt(1 << 16);
      case I32, DATE -> random.nextInt(8) == 0 ? Integer.MIN_VALUE : random.nextInt();
      case U32 -> random.nextLong(1L << 32);
      case I64, TIMESTAMP_MICROS -> random.nextInt(8) == 0 ? Long.MAX_VALUE : random.nextLong();
      case BOOL -> random.nextInt(2);
      case F32 -> Float.floatToRawIntBits((float) randomDouble(random)) & 0xffffffffL;
      case F64 -> Double.doubleToRawLongBits(randomDouble(random));
      case UTF8, BINARY -> throw new IllegalArgumentException(type.label());
    };
  }

  private static double randomDouble(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> Double.NaN;
      case 1 -> -0.0;
      case 2 -> Double.NEGATIVE_INFINITY;
      default -> random.nextGaussian() * 1e3;
    };
  }
}
