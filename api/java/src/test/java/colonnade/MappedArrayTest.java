package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.ClosedException;
import colonnade.error.ComputationException;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls that the design promises, and what a user of arrays meets first. */
class MappedArrayTest {
  @TempDir Path folder;

  @Test
  void copiesAPatchOutAndWritesItBack() throws IOException {
    Path file = folder.resolve("grid.dat");
    try (var a = MappedArray.create(file.toString(), DataType.F32, 1000, 1000)) {
      float[] patch = a.slice(100, 200, 100, 200).toFloats();
      assertThat(patch).hasSize(10_000).containsOnly(0f);
      for (int i = 0; i < patch.length; i++) {
        patch[i] = i;
      }
      a.slice(100, 200, 100, 200).assign(patch);
      assertThat(a.dirtyBytes()).isLessThanOrEqualTo(100 * 4096 + 4096);
      a.flush();
      assertThat(a.dirtyRanges()).isEmpty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < 1000; row++) {
      for (int column = 0; column < 1000; column++) {
        boolean inside = row >= 100 && row < 200 && column >= 100 && column < 200;
        float expected = inside ? (row - 100) * 100 + column - 100 : 0;
        assertThat(bytes.getFloat((row * 1000 + column) * 4)).isEqualTo(expected);
      }
    }
  }

  @Test
  void readsOneIntAndPatchesAnotherAtAnyByteOffsetAndOrder() throws IOException {
    Path file = folder.resolve("data.bin");
    byte[] before = {9, 9, 9, 0, 0, 0, 7, 0, 0, 1, 0};
    Files.write(file, before);
    try (var a =
        MappedArray.builder(file)
            .type(DataType.I32)
            .shape(2)
            .offset(3)
            .byteOrder(ByteOrder.BIG_ENDIAN)
            .open(Mode.READ_WRITE)) {
      assertThat(a.getLong(0)).isEqualTo(7);
      assertThat(a.get(1)).isEqualTo(256);
      a.set(-2, 1);
    }
    assertThat(Files.readAllBytes(file)).containsExactly(9, 9, 9, 0, 0, 0, 7, -1, -1, -1, -2);
  }

  @Test
  void viewsShareTheMemoryOfTheArray() {
    try (var a = MappedArray.create(folder.resolve("a"), DataType.I64, 3, 4, 5)) {
      a.at(1).at(2).set(11, 3);
      assertThat(a.getLong(1, 2, 3)).isEqualTo(11);
      a.slice(0, 3, 2, 3).at(2, 3).fill(4);
      assertThat(a.sum()).isEqualTo(12);
      assertThat(a.at(1, 2).shape()).containsExactly(3, 5);
      assertThat(a.at(0).at(0).at(0).shape()).isEmpty();
      assertThat(a.at(1).at(2).at(3).get()).isEqualTo(4);
    }
  }

  @Test
  void storesScatteredValuesWithTheLastOneWinning() {
    try (var a = MappedArray.create(folder.resolve("a"), DataType.F64, 10, 10)) {
      a.slice(2, 4).put(new long[] {19, 0, 5, 0}, new double[] {1, 2, 3, 4});
      assertThat(a.get(3, 9)).isEqualTo(1);
      assertThat(a.get(2, 0)).isEqualTo(4);
      assertThat(a.get(2, 5)).isEqualTo(3);
      assertThat(a.sum()).isEqualTo(8);
      assertThatThrownBy(() -> a.put(new long[] {3, 100}, new double[] {1, 1}))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("index 100");
      assertThat(a.get(0, 3)).isZero();
    }
  }

  @Test
  void namesAxisRangeAndShapeOfAnImpossibleSlice() {
    try (var a = MappedArray.create(folder.resolve("a"), DataType.F32, 10, 20)) {
      assertThatThrownBy(() -> a.slice(0, 10, 5, 21))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("range 5 to 21 on axis 1 is outside shape [10, 20]");
      assertThatThrownBy(() -> a.slice(3, 2)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> a.slice(-1, 2)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> a.slice(0)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> a.slice(0, 1, 0, 1, 0, 1)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> a.get(0)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> a.get(0, 20)).hasMessageContaining("index 20 on axis 1");
      assertThatThrownBy(() -> a.at(10)).hasMessageContaining("index 10 on axis 0");
      assertThatThrownBy(() -> a.at(2, 0)).hasMessageContaining("no axis 2");
      assertThatThrownBy(() -> a.assign(new float[199]))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("199 values for a region of 200 elements");
      assertThat(a.slice(4, 4).toFloats()).isEmpty();
    }
  }

  @Test
  void refusesWhatTheTypeCannotHoldAndWritesNothing() {
    try (var a = MappedArray.create(folder.resolve("a"), DataType.U8, 4)) {
      assertThatThrownBy(() -> a.assign(new int[] {1, 2, 3, 256}))
          .isInstanceOf(ComputationException.class)
          .hasMessageContaining("256 (value 3)");
      assertThatThrownBy(() -> a.set(-1, 0)).isInstanceOf(ComputationException.class);
      assertThatThrownBy(() -> a.set(0.5, 0)).isInstanceOf(ComputationException.class);
      assertThatThrownBy(() -> a.fill(Double.NaN)).isInstanceOf(ComputationException.class);
      assertThatThrownBy(() -> a.assign(new double[4])).isInstanceOf(TypeMismatchException.class);
      assertThat(a.toInts()).containsOnly(0);
      assertThat(a.dirtyRanges()).isEmpty();
    }
    try (var a = MappedArray.create(folder.resolve("a"), DataType.I64, 1)) {
      a.set(Long.MAX_VALUE, 0);
      assertThatThrownBy(a::toDoubles)
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageContaining("toLongs");
      assertThatThrownBy(() -> a.get(0))
          .isInstanceOf(ComputationException.class)
          .hasMessageContaining("getLong");
      a.set(1e18, 0);
      assertThat(a.getLong(0)).isEqualTo(1_000_000_000_000_000_000L);
      assertThatThrownBy(() -> a.set(0x1p63, 0)).isInstanceOf(ComputationException.class);
    }
    try (var a = MappedArray.create(folder.resolve("a"), DataType.F64, 1)) {
      assertThatThrownBy(() -> a.set(Long.MAX_VALUE, 0)).isInstanceOf(ComputationException.class);
      assertThatThrownBy(() -> a.set((1L << 53) + 1, 0)).isInstanceOf(ComputationException.class);
      a.set(1L << 60, 0);
      assertThat(a.get(0)).isEqualTo(0x1p60);
    }
    assertThatThrownBy(() -> MappedArray.create(folder.resolve("t"), DataType.UTF8, 1))
        .isInstanceOf(TypeMismatchException.class);
    assertThat(folder.resolve("t")).doesNotExist();
  }

  @Test
  void everyUseAfterCloseIsAClearError() {
    MappedArray a = MappedArray.create(folder.resolve("a"), DataType.F32, 2, 2);
    MappedArray view = a.at(1);
    view.close();
    assertThat(a.isClosed()).isFalse();
    a.close();
    a.close();
    assertThatThrownBy(() -> a.get(0, 0)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(view::toFloats).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> view.set(1, 0)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> a.fill(1)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(a::flush).isInstanceOf(ClosedException.class);
    assertThat(a.toString()).contains("closed");
  }

  @Test
  void theFileCanBeDeletedAndMadeAgainRightAfterClose() throws IOException {
    Path file = folder.resolve("a");
    MappedArray.create(file, DataType.F32, 2).close();
    Files.delete(file);
    MappedArray.create(file, DataType.F64, 3).close();
    assertThat(Files.size(file)).isEqualTo(24);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void indexesBeyondTwoToThe31AreOrdinary() {
    long rows = 3_000_000_000L;
    try (var a =
        MappedArray.builder(folder.resolve("big"))
            .type(DataType.U8)
            .shape(rows)
            .sparse()
            .create()) {
      a.set(7, rows - 1);
      a.slice(rows - 10, rows - 5).assign(new byte[] {1, 2, 3, 4, 5});
      a.put(new long[] {rows - 2, 1}, new long[] {200, 100});
      assertThat(a.slice(rows - 10, rows).toInts()).containsExactly(1, 2, 3, 4, 5, 0, 0, 0, 200, 7);
      assertThat(a.getLong(1)).isEqualTo(100);
      assertThat(a.dirtyRanges()).hasSize(2);
      assertThatThrownBy(a::toBytes)
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("3000000000");
    }
  }
}
