package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.ReadOnlyException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of modes in {@code src/docs/format.md}: what each creates, reads, writes and keeps. */
class MappedArrayModesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "READ_ONLY,     false, true, false, false",
    "READ_WRITE,    false, true, true,  true",
    "CREATE,        true,  true, true,  true",
    "COPY_ON_WRITE, false, true, true,  false"
  })
  void theFourByFourTable(Mode mode, boolean creates, boolean reads, boolean writes, boolean keeps)
      throws IOException {
    Path missing = folder.resolve("missing");
    if (creates) {
      MappedArray.open(missing, mode, DataType.U8, 3).close();
      assertThat(missing).hasBinaryContent(new byte[3]);
    } else {
      assertThatThrownBy(() -> MappedArray.open(missing, mode, DataType.U8, 3))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("no file");
      assertThat(missing).doesNotExist();
    }

    Path file = folder.resolve("file");
    Files.write(file, new byte[] {1, 2, 3});
    byte[] before = mode == Mode.CREATE ? new byte[3] : new byte[] {1, 2, 3};
    byte[] after = keeps ? new byte[] {before[0], 9, before[2]} : before;
    try (MappedArray array = MappedArray.open(file, mode, DataType.U8, 3)) {
      assertThat(array.mode()).isEqualTo(mode);
      if (reads) {
        assertThat(array.toBytes()).isEqualTo(before);
      }
      if (writes) {
        array.set(9, 1);
        assertThat(array.toBytes()).containsExactly(before[0], 9, before[2]);
        assertThat(array.dirtyRanges()).containsExactly(new ByteRange(0, 3));
      } else {
        assertRefusesEveryWrite(array);
        assertThat(array.dirtyRanges()).isEmpty();
      }
      if (keeps) {
        assertThatCode(array::flush).doesNotThrowAnyException();
        assertThat(array.dirtyRanges()).isEmpty();
      } else {
        assertThatThrownBy(array::flush)
            .isInstanceOf(ReadOnlyException.class)
            .hasMessageContaining(mode.name());
      }
    }
    assertThat(file).hasBinaryContent(after);
  }

  private static void assertRefusesEveryWrite(MappedArray array) {
    assertThatThrownBy(() -> array.set(1, 0))
        .isInstanceOf(ReadOnlyException.class)
        .hasMessageContaining("READ_ONLY");
    assertThatThrownBy(() -> array.set(1.0, 0)).isInstanceOf(ReadOnlyException.class);
    assertThatThrownBy(() -> array.fill(1)).isInstanceOf(ReadOnlyException.class);
    assertThatThrownBy(() -> array.assign(new byte[3])).isInstanceOf(ReadOnlyException.class);
    assertThatThrownBy(() -> array.assign(array)).isInstanceOf(ReadOnlyException.class);
    assertThatThrownBy(() -> array.at(0).assign(1)).isInstanceOf(ReadOnlyException.class);
    assertThatThrownBy(() -> array.put(new long[] {1}, new long[] {1}))
        .isInstanceOf(ReadOnlyException.class);
  }

  @Test
  void copyOnWriteReportsWhatItWillLoseAndCanBeSavedElsewhere() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, new byte[3 * 4096]);
    Path saved = folder.resolve("saved");
    try (var array = MappedArray.open(file, Mode.COPY_ON_WRITE, DataType.U8, 3 * 4096)) {
      array.set(1, 0);
      array.set(2, 2 * 4096 + 5);
      assertThat(array.dirtyRanges())
          .containsExactly(new ByteRange(0, 4096), new ByteRange(8192, 12288));
      assertThat(array.dirtyBytes()).isEqualTo(8192);
      assertThatThrownBy(array::flush)
          .hasMessageContaining("never kept")
          .hasMessageContaining("MappedArray.create");
      try (var copy = MappedArray.create(saved, DataType.U8, 3 * 4096)) {
        copy.assign(array);
      }
    }
    assertThat(file).hasBinaryContent(new byte[3 * 4096]);
    byte[] expected = new byte[3 * 4096];
    expected[0] = 1;
    expected[2 * 4096 + 5] = 2;
    assertThat(saved).hasBinaryContent(expected);
  }

  @Test
  void createLeavesTheBytesOfAReplacedFileToThoseWhoMapIt() {
    Path file = folder.resolve("file");
    try (var old = MappedArray.create(file, DataType.I32, 4)) {
      old.fill(7);
      try (var replacement = MappedArray.create(file, DataType.I32, 2)) {
        replacement.fill(8);
        assertThat(old.toInts()).containsOnly(7);
        assertThat(replacement.toInts()).containsExactly(8, 8);
      }
    }
  }
}
