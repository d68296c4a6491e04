package colonnade.engine.store.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.error.ReadOnlyException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of creating and opening that a test of the public calls cannot reach. */
class ArrayCreatorTest {
  @TempDir Path folder;

  @Test
  void theCanaryFindsAMappingThatIsNotTheFile() throws IOException {
    ArrayLayout layout = layout(5);
    Files.write(layout.path(), new byte[5]);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment elsewhere = arena.allocate(5);
      assertThatThrownBy(() -> ArrayCreator.checkCanary(elsewhere, layout))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("does not show what was stored");
      assertThat(elsewhere.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }
  }

  @Test
  void writesZerosWhereTheSystemReservesNoSpace() throws IOException {
    Path file = folder.resolve("zeros");
    for (long length : new long[] {1, 4095, 4096, 4097, 100_000}) {
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        Reservation.writeZeros(channel, length);
      }
      assertThat(file).hasBinaryContent(new byte[(int) length]);
    }
  }

  @Test
  void copiesAFileThatMayOnlyBeReadIfItIsSmallEnough() throws IOException {
    ArrayLayout layout = layout(5);
    Files.write(layout.path(), new byte[] {1, 2, 3, 4, 5});
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = ArrayOpener.copy(layout, arena, 5);
      copy.set(ValueLayout.JAVA_BYTE, 0, (byte) 9);
      assertThat(copy.toArray(ValueLayout.JAVA_BYTE)).containsExactly(9, 2, 3, 4, 5);
      assertThat(layout.path()).hasBinaryContent(new byte[] {1, 2, 3, 4, 5});
      assertThatThrownBy(() -> ArrayOpener.copy(layout, arena, 4))
          .isInstanceOf(ReadOnlyException.class)
          .hasMessageContaining("5 bytes are too many");
    }
  }

  private ArrayLayout layout(long count) {
    return ArrayLayout.rowMajor(
        folder.resolve("a"), DataType.U8, ByteOrder.LITTLE_ENDIAN, 0, count);
  }
}
