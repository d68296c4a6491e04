package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.InvalidQueryException;
import colonnade.error.ReadOnlyException;
import colonnade.error.ShapeMismatchException;
import colonnade.error.StorageException;
import colonnade.error.TypeMismatchException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code .npy} files mapped in place and created, without numpy; with it, {@link NumpyInteropTest}.
 */
class NpyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      names = {"DATE", "UTF8", "BINARY"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatWasCreatedIsMappedWithItsTypeAndShape(DataType type) {
    String file = folder.resolve("a.npy").toString();
    try (MappedArray array = Npy.create(file, type, 3, 4)) {
      array.at(1).at(2).assign(1);
    }
    try (MappedArray array = Npy.map(file)) {
      assertThat(array.type()).isEqualTo(type);
      assertThat(array.shape()).containsExactly(3, 4);
      assertThat(array.mode()).isEqualTo(Mode.READ_ONLY);
      assertThat(array.get(1, 2)).isEqualTo(1);
      assertThat(array.get(1, 1)).isZero();
      assertThatThrownBy(() -> array.set(1, 0, 0)).isInstanceOf(ReadOnlyException.class);
    }
  }

  @Test
  void writesInPlaceAndLeavesTheHeader() throws IOException {
    Path file = folder.resolve("a.npy");
    Npy.create(file, DataType.I16, 2, 2).close();
    byte[] before = Files.readAllBytes(file);
    try (MappedArray array = Npy.map(file, Mode.READ_WRITE)) {
      array.assign(new int[] {1, 2, 3, -4});
      assertThat(array.dirtyRanges()).containsExactly(new ByteRange(128, 136));
    }
    byte[] expected = before.clone();
    System.arraycopy(new byte[] {1, 0, 2, 0, 3, 0, -4, -1}, 0, expected, 128, 8);
    assertThat(file).hasBinaryContent(expected);
    try (MappedArray array = Npy.map(file, Mode.COPY_ON_WRITE)) {
      array.fill(9);
    }
    assertThat(file).hasBinaryContent(expected);
  }

  @Test
  void mapsFortransOrderWithTheIndicesOfNumpy() throws IOException {
    // numpy.asfortranarray([[0, 1, 2], [10, 11, 12]], dtype='i1')
    Path file =
        write("{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3), }", 0, 10, 1, 11, 2, 12);
    try (MappedArray array = Npy.map(file, Mode.READ_WRITE)) {
      assertThat(array.toBytes()).containsExactly(0, 1, 2, 10, 11, 12);
      assertThat(array.getLong(1, 2)).isEqualTo(12);
      assertThat(array.at(1).toInts()).containsExactly(10, 11, 12);
      assertThat(array.at(1, 0).toInts()).containsExactly(0, 10);
      assertThat(array.slice(0, 2, 1, 3).toInts()).containsExactly(1, 2, 11, 12);
      array.assign(new int[] {1, 2, 3, 4, 5, 6});
      array.put(new long[] {5}, new long[] {7});
    }
    byte[] bytes = Files.readAllBytes(file);
    assertThat(Arrays.copyOfRange(bytes, bytes.length - 6, bytes.length))
        .containsExactly(1, 4, 2, 5, 3, 7);
  }

  @ParameterizedTest
  @EnumSource(names = "CREATE", mode = EnumSource.Mode.EXCLUDE)
  void refusesAFileThatIsNotExactlyAsLongAsItsHeaderSays(Mode mode) throws IOException {
    String header = "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }";
    for (int[] data : new int[][] {{}, {1, 2, 3, 4, 5, 6, 7}, {1, 2, 3, 4, 5, 6, 7, 8, 9}}) {
      Path file = write(header, data);
      long length = Files.size(file);
      assertThatThrownBy(() -> Npy.map(file, mode))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining(length + " bytes");
      assertThat(Files.size(file)).isEqualTo(length);
    }
    Path huge =
        write("{'descr': '<f8', 'fortran_order': False, 'shape': (1099511627776,), }", 1, 2, 3);
    assertThatThrownBy(() -> Npy.map(huge, mode)).isInstanceOf(ShapeMismatchException.class);
  }

  @Test
  void refusesWhatCannotBe() {
    Path file = folder.resolve("a.npy");
    assertThatThrownBy(() -> Npy.map(file))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("no file");
    assertThatThrownBy(() -> Npy.map(file, Mode.CREATE))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("Npy.create");
    assertThatThrownBy(() -> Npy.create(file, DataType.DATE, 3))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("timestamp");
    assertThatThrownBy(() -> Npy.create(file, DataType.UTF8, 3))
        .isInstanceOf(TypeMismatchException.class);
    assertThat(file).doesNotExist();
  }

  private Path write(String header, int... data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) (header.length() + 1), 0});
    bytes.writeBytes((header + "\n").getBytes(StandardCharsets.US_ASCII));
    for (int value : data) {
      bytes.write(value);
    }
    return Files.write(folder.resolve("written.npy"), bytes.toByteArray());
  }
}
