package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.error.InvalidQueryException;
import colonnade.error.ReadOnlyException;
import colonnade.error.ShapeMismatchException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is refused when a file is opened: with both numbers, a likely cause, and the file untouched.
 */
class MappedArrayRefusalsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = "CREATE", mode = EnumSource.Mode.EXCLUDE)
  void refusesAFileThatIsNotExactlyAsLongAsItsShapeInEveryMode(Mode mode) throws IOException {
    Path file = folder.resolve("a.dat");
    for (int length : new int[] {0, 1, 399, 401, 800, 4096}) {
      Files.write(file, new byte[length]);
      assertThatThrownBy(() -> MappedArray.open(file, mode, DataType.F32, 10, 10))
          .isInstanceOfSatisfying(
              ShapeMismatchException.class,
              e -> {
                assertThat(e.expectedBytes()).isEqualTo(400);
                assertThat(e.actualBytes()).isEqualTo(length);
                assertThat(e)
                    .hasMessageContaining(length + " bytes")
                    .hasMessageContaining("exactly 400");
                assertThat(e.place()).isEqualTo(file.toString());
                assertThat(e.remedy()).contains("not changed");
              });
      assertThat(Files.size(file)).isEqualTo(length);
    }
  }

  @Test
  void namesTheTypeThatWouldFit() throws IOException {
    Path file = folder.resolve("a.dat");
    Files.write(file, new byte[800]);
    assertThatThrownBy(() -> MappedArray.open(file, Mode.READ_ONLY, DataType.F32, 100))
        .hasMessageContaining("exactly that shape of f64");
    assertThatThrownBy(() -> MappedArray.open(file, Mode.READ_ONLY, DataType.F32, 90))
        .hasMessageContaining("exactly 200 elements of f32");
    assertThatThrownBy(() ->
            MappedArray.builder(file).type(DataType.F32).shape(7).offset(801).open(Mode.READ_ONLY))
        .hasMessageContaining("ends before the byte offset");
    Path npy = folder.resolve("a.npy");
    Npy.create(npy, DataType.F32, 100).close();
    assertThatThrownBy(() -> MappedArray.open(npy, Mode.READ_ONLY, DataType.F32, 100))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("Npy.map");
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesLinksDirectoriesPipesAndDevices(Mode mode) throws IOException, InterruptedException {
    Path target = folder.resolve("target");
    Files.write(target, new byte[] {1, 2, 3, 4});
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    assertThatThrownBy(() -> MappedArray.open(link, mode, DataType.I32, 1))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("symbolic link");
    assertThat(link).isSymbolicLink();
    assertThat(target).hasBinaryContent(new byte[] {1, 2, 3, 4});
    Path directory = Files.createDirectory(folder.resolve("directory"));
    assertThatThrownBy(() -> MappedArray.open(directory, mode, DataType.I32, 1))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is a directory");
    Path device = Path.of("/dev/zero");
    if (Files.exists(device)) {
      assertThatThrownBy(() -> MappedArray.open(device, mode, DataType.I32, 1))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("device");
    }
    Path pipe = folder.resolve("pipe");
    assumeTrue(canMakePipe(pipe), "no mkfifo here: pipes are not tried");
    assertThatThrownBy(() -> MappedArray.open(pipe, mode, DataType.I32, 1))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("pipe");
  }

  @Test
  void namesTheMissingDirectoryOfANewFileAndLeavesNothingBehind() throws IOException {
    assertThatThrownBy(() -> MappedArray.create(folder.resolve("no/such/file"), DataType.I32, 1))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("no/such/file");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesShapesThatNoFileCanHave() {
    Path file = folder.resolve("a");
    assertThatThrownBy(() -> MappedArray.create(file, DataType.F64, 0x2000000000000001L))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("2^63");
    assertThatThrownBy(() -> MappedArray.create(file, DataType.F64, 1L << 40, 1L << 40))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> MappedArray.create(file, DataType.F64, 3, -1))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> MappedArray.create(file, DataType.U8, new long[33]))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(
            () -> MappedArray.builder(file).type(DataType.U8).shape(1).offset(-1).create())
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> MappedArray.builder(file).shape(1).create())
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("type");
    assertThatThrownBy(() -> MappedArray.builder(file).type(DataType.U8).create())
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("shape");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileTooLargeForTheDiskLeavesTheOldOneInPlace() throws IOException {
    Path file = folder.resolve("a");
    Files.write(file, new byte[] {1, 2, 3});
    // Sparse, so that this cannot fill the disk it is meant to exceed: larger than any file system
    // lets a file be.
    assertThatThrownBy(() ->
            MappedArray.builder(file).type(DataType.U8).shape(Long.MAX_VALUE - 1).sparse().create())
        .isInstanceOf(StorageException.class);
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void emptyArraysAndSingleElementsAreArrays() throws IOException {
    Path empty = folder.resolve("empty");
    try (var array = MappedArray.create(empty, DataType.F64, 3, 0)) {
      assertThat(array.toDoubles()).isEmpty();
      array.fill(1);
      array.flush();
    }
    assertThat(Files.size(empty)).isZero();
    MappedArray.open(empty, Mode.READ_WRITE, DataType.F64, 0).close();
    try (var array = MappedArray.create(folder.resolve("single"), DataType.F64)) {
      array.set(3);
      assertThat(array.get()).isEqualTo(3);
      assertThat(array.toDoubles()).containsExactly(3);
    }
  }

  @Test
  void aFileThatMayNotBeWrittenIsRefusedBeforeAnyWriteButCopiedOnWrite() throws IOException {
    Path file = folder.resolve("a");
    Files.write(file, new byte[] {1, 2, 3});
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assumeFalse(
        Files.isWritable(file), "this user may write everything (root): permissions are not tried");
    assertThatThrownBy(() -> MappedArray.open(file, Mode.READ_WRITE, DataType.U8, 3))
        .isInstanceOf(ReadOnlyException.class)
        .hasMessageContaining("permissions");
    assertThatThrownBy(() -> MappedArray.create(file, DataType.U8, 3))
        .isInstanceOf(ReadOnlyException.class);
    try (var array = MappedArray.open(file, Mode.COPY_ON_WRITE, DataType.U8, 3)) {
      array.set(9, 1);
      assertThat(array.toBytes()).containsExactly(1, 9, 3);
    }
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assertThatThrownBy(() -> MappedArray.open(file, Mode.READ_ONLY, DataType.U8, 3))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("permission");
  }

  private static boolean canMakePipe(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
