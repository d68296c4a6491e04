package colonnade.benchmarks.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** How fast the disk takes a file that is written from end to end and synced. */
public final class SequentialWrite {
  private static final int BUFFER_BYTES = 4 << 20;

  private SequentialWrite() {}

  /**
   * Writes so many bytes to a file, syncs, deletes it, and gives the nanoseconds of the first two.
   */
  public static long nanos(Path file, long bytes) throws IOException {
    byte[] noise = new byte[BUFFER_BYTES];
    new SplittableRandom(7).nextBytes(noise);
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).put(noise);
    long start = System.nanoTime();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long done = 0; done < bytes; done += BUFFER_BYTES) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, bytes - done));
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      channel.force(true);
    }
    long nanos = System.nanoTime() - start;
    Files.delete(file);
    return nanos;
  }
}
