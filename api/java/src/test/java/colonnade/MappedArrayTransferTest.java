package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.ClosedException;
import colonnade.error.InvalidQueryException;
import colonnade.error.StorageException;
import colonnade.error.TypeMismatchException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Arrays assigned to arrays, totals over views, and what happens when a file changes under its
 * mapping.
 */
class MappedArrayTransferTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      names = {"UTF8", "BINARY"},
      mode = EnumSource.Mode.EXCLUDE)
  void widensWhatFitsAndRefusesTheRest(DataType from) {
    Set<DataType> wider =
        switch (from) {
          case I8 ->
              EnumSet.of(
                  DataType.I8,
                  DataType.I16,
                  DataType.I32,
                  DataType.I64,
                  DataType.F32,
                  DataType.F64);
          case U8 ->
              EnumSet.of(
                  DataType.U8,
                  DataType.I16,
                  DataType.U16,
                  DataType.I32,
                  DataType.U32,
                  DataType.I64,
                  DataType.F32,
                  DataType.F64);
          case I16 ->
              EnumSet.of(DataType.I16, DataType.I32, DataType.I64, DataType.F32, DataType.F64);
          case U16 ->
              EnumSet.of(
                  DataType.U16,
                  DataType.I32,
                  DataType.U32,
                  DataType.I64,
                  DataType.F32,
                  DataType.F64);
          case I32 -> EnumSet.of(DataType.I32, DataType.I64, DataType.F64);
          case U32 -> EnumSet.of(DataType.U32, DataType.I64, DataType.F64);
          case F32 -> EnumSet.of(DataType.F32, DataType.F64);
          default -> EnumSet.of(from);
        };
    try (MappedArray source =
        MappedArray.builder(folder.resolve("source"))
            .type(from)
            .shape(3, 700)
            .byteOrder(ByteOrder.BIG_ENDIAN)
            .create()) {
      long high =
          from == DataType.BOOL
              ? 1
              : from == DataType.I8 ? -128 : from == DataType.U8 ? 200 : 32_000;
      source.slice(1, 3, 100, 650).assign(high);
      for (DataType to : DataType.values()) {
        if (to.isVariable()) {
          continue;
        }
        try (MappedArray target = MappedArray.create(folder.resolve("target"), to, 3, 700)) {
          if (!wider.contains(to)) {
            assertThatThrownBy(() -> target.assign(source))
                .as("%s to %s", from, to)
                .isInstanceOf(TypeMismatchException.class);
            assertThat(target.dirtyRanges()).isEmpty();
            continue;
          }
          target.assign(source);
          double[] values = new double[2100];
          Arrays.setAll(values, i -> target.get(i / 700, i % 700));
          double[] expected = new double[2100];
          Arrays.setAll(expected, i -> i / 700 > 0 && i % 700 >= 100 && i % 700 < 650 ? high : 0);
          assertThat(values).as("%s to %s", from, to).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void assignsNumbersOfIntsToDoublesAndNothingToADifferentShape() {
    try (MappedArray a = MappedArray.create(folder.resolve("a"), DataType.F64, 2, 3)) {
      a.assign(new int[] {1, 2, 3, 4, 5, Integer.MIN_VALUE});
      assertThat(a.toDoubles()).containsExactly(1, 2, 3, 4, 5, Integer.MIN_VALUE);
      a.at(1, 0).assign(new float[] {0.5f, -0.5f});
      assertThat(a.toDoubles()).containsExactly(0.5, 2, 3, -0.5, 5, Integer.MIN_VALUE);
      assertThatThrownBy(() -> a.assign(a.at(0)))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("[3]")
          .hasMessageContaining("[2, 3]");
    }
  }

  @Test
  void movesARegionOntoAnOverlappingOne() {
    try (MappedArray a = MappedArray.create(folder.resolve("a"), DataType.I32, 4, 3)) {
      a.assign(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
      a.slice(1, 4, 0, 2).assign(a.slice(0, 3, 0, 2));
      assertThat(a.toInts()).containsExactly(0, 1, 2, 0, 1, 5, 3, 4, 8, 6, 7, 11);
      a.slice(0, 3, 1, 3).assign(a.slice(1, 4, 0, 2));
      assertThat(a.toInts()).containsExactly(0, 0, 1, 0, 3, 4, 3, 6, 7, 6, 7, 11);
    }
  }

  @Test
  void keepsEveryBitOfNaN() {
    int signalling = 0x7f800001;
    try (MappedArray a = MappedArray.create(folder.resolve("a"), DataType.F32, 4, 4);
        MappedArray b =
            MappedArray.builder(folder.resolve("b"))
                .type(DataType.F32)
                .shape(4)
                .byteOrder(ByteOrder.BIG_ENDIAN)
                .create()) {
      float[] values = new float[16];
      Arrays.fill(values, Float.intBitsToFloat(signalling));
      a.assign(values);
      b.assign(a.at(1, 2));
      a.fill(0);
      a.at(1, 2).assign(b);
      assertThat(Float.floatToRawIntBits(a.toFloats()[2])).isEqualTo(signalling);
    }
  }

  @Test
  void totalsAreThoseOfTheView() {
    try (MappedArray a = MappedArray.create(folder.resolve("a"), DataType.I16, 3, 4)) {
      a.assign(new int[] {1, 2, 3, 4, 5, 6, 7, 8, -9, 10, 11, 12});
      assertThat(a.sum()).isEqualTo(60);
      assertThat(a.mean()).isEqualTo(5);
      assertThat(a.at(1, 0).min()).isEqualTo(-9);
      assertThat(a.slice(0, 2, 1, 3).max()).isEqualTo(7);
      assertThat(a.slice(0, 0).sum()).isZero();
      assertThat(a.slice(0, 0).mean()).isNaN();
      assertThat(a.slice(0, 0).max()).isEqualTo(Double.NEGATIVE_INFINITY);
    }
    try (MappedArray a = MappedArray.create(folder.resolve("a"), DataType.F32, 3)) {
      a.assign(new float[] {1, Float.NaN, 3});
      assertThat(a.min()).isNaN();
      assertThat(a.sum()).isNaN();
      assertThat(a.slice(2, 3).max()).isEqualTo(3);
    }
    try (MappedArray a = MappedArray.create(folder.resolve("a"), DataType.BOOL, 3)) {
      assertThatThrownBy(a::sum).isInstanceOf(TypeMismatchException.class);
    }
  }

  @Test
  void aFileCutShortUnderItsMappingIsAnErrorAndNotTheEndOfTheProcess() throws IOException {
    Path file = folder.resolve("a");
    try (MappedArray a = MappedArray.create(file, DataType.F32, 100, 1024)) {
      a.fill(1);
      a.flush();
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(50 * 4096);
      }
      assertThat(a.slice(0, 50).toFloats()).containsOnly(1);
      assertThatThrownBy(a::toFloats)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(file.toString());
      assertThatThrownBy(() -> a.at(60).assign(new float[1024]))
          .isInstanceOf(StorageException.class);
    }
  }

  @Test
  void closingWhileAnotherThreadReadsIsAClearError() throws InterruptedException {
    MappedArray a = MappedArray.create(folder.resolve("a"), DataType.F64, 1000, 100);
    Throwable[] seen = new Throwable[1];
    Thread reader =
        new Thread(() -> {
          try {
            while (true) {
              a.sum();
            }
          } catch (RuntimeException e) {
            seen[0] = e;
          }
        });
    reader.start();
    a.fill(1);
    a.close();
    reader.join();
    assertThat(seen[0]).isInstanceOf(ClosedException.class);
  }
}
