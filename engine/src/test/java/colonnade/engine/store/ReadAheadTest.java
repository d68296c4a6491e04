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
