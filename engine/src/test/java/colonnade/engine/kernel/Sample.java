package colonnade.engine.kernel;

import colonnade.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Values of one type in native memory that ends with the last of them, at any alignment, with every
 * special value among them; and a reading of them that shares no code with the loops.
 */
record Sample(DataType type, MemorySegment memory, long offset, int size, ByteBuffer copy) {
  static final int BATCH = 4096;
  static final List<Integer> SIZES =
      List.of(
          0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 200, 4095, 4096);
  static final List<DataType> NUMBERS =
      List.of(
          DataType.I8,
          DataType.I16,
          DataType.I32,
          DataType.I64,
          DataType.U8,
          DataType.U16,
          DataType.U32,
          DataType.F32,
          DataType.F64);
  static final List<DataType> INTEGERS = NUMBERS.subList(0, 7);

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Float.MAX_VALUE,
    0x1p63,
    -0x1p63,
    0x1p31,
    255.5,
    -128.5,
    Double.longBitsToDouble(0xfff8_0000_0000_0001L)
  };
  private static final long[] WHOLE = {
    0,
    1,
    -1,
    127,
    -128,
    128,
    255,
    32767,
    -32768,
    65535,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  /** A third special values, a third small ones that repeat, a third anything. */
  static Sample of(DataType type, int size, Arena arena, SplittableRandom random) {
    int width = type.widthBytes();
    long offset = random.nextInt(9);
    ByteBuffer copy = ByteBuffer.allocate(size * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      int kind = random.nextInt(3);
      int at = i * width;
      if (type.isFloating()) {
        double value =
            switch (kind) {
              case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
              case 1 -> random.nextInt(-9, 9);
              default -> random.nextDouble(-1e6, 1e6);
            };
        if (width == 4) {
          copy.putFloat(at, (float) value);
        } else {
          copy.putDouble(at, value);
        }
      } else {
        long value =
            switch (kind) {
              case 0 -> WHOLE[random.nextInt(WHOLE.length)];
              case 1 -> random.nextInt(-9, 9);
              default -> random.nextLong();
            };
        switch (width) {
          case 1 -> copy.put(at, (byte) value);
          case 2 -> copy.putShort(at, (short) value);
          case 4 -> copy.putInt(at, (int) value);
          default -> copy.putLong(at, value);
        }
      }
    }
    MemorySegment memory = arena.allocate(offset + copy.capacity());
    MemorySegment.copy(MemorySegment.ofBuffer(copy), 0, memory, offset, copy.capacity());
    return new Sample(type, memory, offset, size, copy);
  }

  /** Memory for {@code size} results of {@code width} bytes each, at any alignment. */
  static Sample room(DataType type, int size, Arena arena, SplittableRandom random) {
    int bytes = size * type.widthBytes();
    long offset = random.nextInt(9);
    return new Sample(type, arena.allocate(offset + bytes), offset, size, ByteBuffer.allocate(0));
  }

  long longAt(int i) {
    int at = i * type.widthBytes();
    return switch (type) {
      case I8 -> copy.get(at);
      case U8 -> Byte.toUnsignedInt(copy.get(at));
      case I16 -> copy.getShort(at);
      case U16 -> Short.toUnsignedInt(copy.getShort(at));
      case I32 -> copy.getInt(at);
      case U32 -> Integer.toUnsignedLong(copy.getInt(at));
      case I64 -> copy.getLong(at);
      default -> throw new IllegalStateException(type.label());
    };
  }

  double doubleAt(int i) {
    return switch (type) {
      case F32 -> copy.getFloat(i * 4);
      case F64 -> copy.getDouble(i * 8);
      default -> longAt(i);
    };
  }

  /** What lies in the memory now, for results. */
  Sample reread() {
    ByteBuffer now = ByteBuffer.allocate(size * type.widthBytes()).order(ByteOrder.LITTLE_ENDIAN);
    MemorySegment.copy(memory, offset, MemorySegment.ofBuffer(now), 0, now.capacity());
    return new Sample(type, memory, offset, size, now);
  }

  /** Lists of rows to try: all by null, all, none, some. */
  List<Rows> lists(SplittableRandom random) {
    int[] some = IntStream.range(0, size).filter(i -> random.nextInt(3) > 0).toArray();
    int[] few = IntStream.range(0, size).filter(i -> random.nextInt(20) == 0).toArray();
    return List.of(new Rows(null, size), new Rows(new int[1], 0), Rows.of(some), Rows.of(few));
  }

  /** A list of rows as loops take it. */
  record Rows(int @Nullable [] list, int n) {
    static Rows of(int[] rows) {
      return new Rows(rows.length == 0 ? new int[1] : rows, rows.length);
    }

    int[] plain() {
      return list == null ? IntStream.range(0, n).toArray() : Arrays.copyOf(list, n);
    }
  }

  /** A bitmap with these rows set. */
  static long[] words(int[] rows) {
    long[] words = new long[BATCH / 64];
    for (int row : rows) {
      words[row >> 6] |= 1L << row;
    }
    return words;
  }

  /** The rows of a bitmap. */
  static int[] rows(long[] words) {
    return IntStream.range(0, words.length * 64)
        .filter(i -> (words[i / 64] >>> (i % 64) & 1) != 0)
        .toArray();
  }

  /** A random bitmap in native memory, and where it starts. */
  static Sample bits(int size, Arena arena, SplittableRandom random) {
    return of(DataType.U8, (size + 7) / 8, arena, random);
  }

  boolean bit(int i) {
    return (copy.get(i >> 3) >> (i & 7) & 1) != 0;
  }
}
