package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAheadTest {
  private static final long BYTES = 1 << 20;

  @TempDir Path directory;

  @Test
  void bringsAHoleIntoMemory() throws IOException {
    Path file = directory.resolve("hole");
    try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
      hole.setLength(BYTES);
    }
    try (Arena arena = Arena.ofShared()) {
      // Nobody has read the hole yet, so none of its pages can be in memory.
      MemorySegment mapping = map(file, arena);
      assertThat(ReadAhead.isOnDisk(mapping)).isTrue();
      ReadAhead.load(mapping, 0, BYTES);
      assertThat(mapping.isLoaded()).isTrue();
      assertThat(ReadAhead.isOnDisk(mapping)).isFalse();
      ReadAhead.load(mapping, 17, BYTES - 1);
      ReadAhead.load(mapping, BYTES, BYTES);
    }
  }

  @Test
  void takesAnEmptyFileAndOneByte() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));
    Path one = Files.write(directory.resolve("one"), new byte[1]);
    try (Arena arena = Arena.ofShared()) {
      assertThat(ReadAhead.isOnDisk(map(empty, arena))).isFalse();
      ReadAhead.load(map(empty, arena), 0, 0);
      ReadAhead.load(map(one, arena), 0, 1);
      assertThat(ReadAhead.isOnDisk(map(one, arena))).isFalse();
    }
  }

  @Test
  void readsTheSameBytesIntoHugePages() throws IOException {
    byte[] expected = new byte[5 << 20];
    new SplittableRandom(2).nextBytes(expected);
    Path file = Files.write(directory.resolve("large"), expected);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment mapping = map(file, arena);
      // Taken or not: kernels without huge pages refuse it, and read into small ones.
      MemoryAdvice.HUGE_PAGES.of(mapping, 0, mapping.byteSize());
      boolean populated = MemoryAdvice.POPULATE.of(mapping, 4097, mapping.byteSize());
      assertThat(populated && !Release.class.getModule().isNativeAccessEnabled()).isFalse();
      if (populated) {
        assertThat(mapping.asSlice(4096).isLoaded()).isTrue();
      }
      assertThat(mapping.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
      assertThat(MemoryAdvice.POPULATE.of(mapping, 8192, 8192)).as("nothing").isFalse();
    }
  }

  @Test
  void saysNoToBytesThatAreGone() throws IOException {
    Path file = Files.write(directory.resolve("cut"), bytes());
    try (Arena arena = Arena.ofShared();
        RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      MemorySegment mapping = map(file, arena);
      cut.setLength(4096);
      assertThat(MemoryAdvice.POPULATE.of(mapping, 0, BYTES)).isFalse();
    }
  }

  @Test
  void keepsReadableWhatItLetsGo() throws IOException {
    Path file = Files.write(directory.resolve("file"), bytes());
    try (Arena arena = Arena.ofShared()) {
      MemorySegment mapping = map(file, arena);
      boolean told = Release.letGo(mapping, 0, BYTES);
      assertThat(told)
          .isEqualTo(
              Release.class.getModule().isNativeAccessEnabled()
                  && System.getProperty("os.name").equals("Linux"));
      assertThat(Release.letGo(mapping, 1, 4096)).as("no whole page").isFalse();
      assertThat(mapping.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(bytes());
    }
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[(int) BYTES];
    new SplittableRandom(1).nextBytes(bytes);
    return bytes;
  }

  private static MemorySegment map(Path file, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }
}
