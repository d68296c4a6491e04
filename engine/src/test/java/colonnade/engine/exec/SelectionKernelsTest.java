package colonnade.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.DataType;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionKernelsTest {
  private static final long SEED = Long.getLong("seed", 25_002);
  private static final int[] SIZES = {0, 1, 63, 64, 65, 1000, 4095, 4096};
  private static final long[] BOUNDS = {
    Long.MIN_VALUE, -(1L << 40), -100, 0, 3, 127, 40_000, 1L << 31, 1L << 40, Long.MAX_VALUE
  };

  private final SplittableRandom random = new SplittableRandom(SEED);

  private static Kernels kernels(boolean simd) {
    if (!simd) {
      return Kernels.scalar();
    }
    assumeTrue(Kernels.simd().isPresent(), "no SIMD: the JVM runs without jdk.incubator.vector");
    return Kernels.simd().get();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keepsBooleansOfOneBitAsThoseOfOneByte(boolean simd) {
    Kernels kernels = kernels(simd);
    for (int size : SIZES) {
      try (Arena arena = Arena.ofConfined()) {
        Vector bytes = vector(DataType.BOOL, size, arena);
        MemorySegment data = arena.allocate((size + 7) / 8 + 1);
        for (int i = 0; i < size; i++) {
          long at = (i >> 3) + 1;
          int bit = (int) (bytes.longAt(i) & 1) << (i & 7);
          data.set(ValueLayout.JAVA_BYTE, at, (byte) (data.get(ValueLayout.JAVA_BYTE, at) | bit));
        }
        Vector bits = Vector.bits(data, 1, bytes.validity(), bytes.validityOffset());
        check(
            "true",
            size,
            i -> !bytes.isNull(i) && (bytes.longAt(i) & 1) == 1,
            kept -> SelectionKernels.isTrue(kernels, bits, kept));
        for (long low : new long[] {-5, 0, 1, 2}) {
          for (long high : new long[] {-1, 0, 1, 7}) {
            for (boolean negate : new boolean[] {false, true}) {
              check(
                  "bits in " + low + ".." + high,
                  size,
                  i -> {
                    long value = bytes.longAt(i) & 1;
                    return !bytes.isNull(i) && (value >= low && value <= high) != negate;
                  },
                  kept -> SelectionKernels.range(kernels, bits, kept, low, high, negate));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keepsRowsInARangeWhateverTheFormOfTheSelection(boolean simd) {
    Kernels kernels = kernels(simd);
    for (DataType type : DataType.values()) {
      if (type.isVariable()) {
        continue;
      }
      for (int size : SIZES) {
        try (Arena arena = Arena.ofConfined()) {
          Vector vector = vector(type, size, arena);
          for (int trial = 0; trial < 6; trial++) {
            long low = BOUNDS[random.nextInt(BOUNDS.length)];
            long high = BOUNDS[random.nextInt(BOUNDS.length)];
            boolean negate = random.nextBoolean();
            IntPredicate inside =
                type.isFloating()
                    ? i -> vector.doubleAt(i) >= low && vector.doubleAt(i) <= high
                    : i -> vector.longAt(i) >= low && vector.longAt(i) <= high;
            check(
                type + " in " + low + ".." + high,
                size,
                i -> !vector.isNull(i) && inside.test(i) != negate,
                kept -> {
                  if (type.isFloating()) {
                    SelectionKernels.range(
                        kernels, vector, kept, (double) low, (double) high, negate);
                  } else {
                    SelectionKernels.range(kernels, vector, kept, low, high, negate);
                  }
                });
          }
          check(
              "nulls",
              size,
              vector::isNull,
              kept -> SelectionKernels.keepNulls(kernels, vector, kept));
          check(
              "no nulls",
              size,
              i -> !vector.isNull(i),
              kept -> SelectionKernels.dropNulls(kernels, vector, kept));
          if (type == DataType.BOOL) {
            check(
                "true",
                size,
                i -> !vector.isNull(i) && vector.longAt(i) == 1,
                kept -> SelectionKernels.isTrue(kernels, vector, kept));
          }
        }
      }
    }
  }

  @Test
  void keepsRowsByTheirCodesAtEveryWidth() {
    for (int width : new int[] {1, 2, 4}) {
      for (int size : SIZES) {
        try (Arena arena = Arena.ofConfined()) {
          DataType codeType = width == 1 ? DataType.U8 : width == 2 ? DataType.U16 : DataType.I32;
          Vector codes = vector(codeType, size, arena);
          byte[] table = new byte[width == 1 ? 256 : 65_536];
          for (int i = 0; i < table.length; i++) {
            table[i] = (byte) random.nextInt(2);
          }
          if (width == 4) {
            for (int i = 0; i < size; i++) {
              codes.data().set(ValueLayout.JAVA_INT_UNALIGNED, 4L * i, random.nextInt(65_536));
            }
          }
          var none = new Dictionary(DataType.UTF8, 0, MemorySegment.NULL, MemorySegment.NULL);
          Vector vector = Vector.coded(none, width, codes.data(), 0, codes.validity(), 0);
          check(
              "codes of " + width,
              size,
              i -> !vector.isNull(i) && table[vector.code(i)] == 1,
              kept -> SelectionKernels.codes(Kernels.scalar(), vector, kept, table));
        }
      }
    }
  }

  /** Narrows selections of every form and density, and compares with row by row. */
  private void check(String what, int size, IntPredicate wanted, Consumer<Selection> narrow) {
    for (int oneIn : new int[] {1, 2, 30}) {
      int[] before = IntStream.range(0, size).filter(i -> random.nextInt(oneIn) == 0).toArray();
      int[] expected = IntStream.of(before).filter(wanted).toArray();
      for (boolean bitmap : new boolean[] {false, true}) {
        var kept = new Selection();
        System.arraycopy(before, 0, kept.rows(), 0, before.length);
        kept.setList(size, before.length);
        if (bitmap && !kept.isAll()) {
          kept.toBitmap();
          kept.setBitmap(size);
        }
        narrow.accept(kept);
        assertThat(kept.count()).isEqualTo(expected.length);
        assertThat(Arrays.copyOf(kept.toList(), kept.count()))
            .as("%s of %s rows, 1 in %s, -Dseed=%s", what, size, oneIn, SEED)
            .isEqualTo(expected);
      }
    }
  }

  private Vector vector(DataType type, int size, Arena arena) {
    MemorySegment data = arena.allocate((long) size * type.widthBytes());
    MemorySegment validity = arena.allocate((size + 7) / 8);
    for (int i = 0; i < size; i++) {
      boolean small = random.nextBoolean();
      switch (type) {
        case F32 ->
            data.set(
                ValueLayout.JAVA_FLOAT_UNALIGNED,
                4L * i,
                small ? random.nextInt(-5, 5) : (float) random.nextDouble(-1e5, 1e5));
        case F64 ->
            data.set(
                ValueLayout.JAVA_DOUBLE_UNALIGNED,
                8L * i,
                random.nextInt(9) == 0 ? Double.NaN : random.nextDouble(-1e5, 1e5));
        case BOOL -> data.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(2));
        default -> {
          long value = small ? random.nextInt(-5, 5) : random.nextLong();
          for (int b = 0; b < type.widthBytes(); b++) {
            data.set(
                ValueLayout.JAVA_BYTE, (long) i * type.widthBytes() + b, (byte) (value >> 8 * b));
          }
        }
      }
    }
    for (int b = 0; b < (size + 7) / 8; b++) {
      validity.set(ValueLayout.JAVA_BYTE, b, (byte) random.nextInt());
    }
    return Vector.fixed(type, data, 0, random.nextBoolean() ? validity : null, 0);
  }
}
