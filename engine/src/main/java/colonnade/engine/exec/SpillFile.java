package colonnade.engine.exec;

import colonnade.engine.observe.WriteCount;
import colonnade.error.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A temporary file that takes what does not fit a query's memory: written once from start to end
 * through its channel, so that a full disk is an error and no fault, and read through mappings,
 * which the operating system keeps in memory as long as it can. One writer at a time; what was
 * written may be read by any thread until {@link #close}, which deletes the file.
 */
final class SpillFile implements AutoCloseable {
  /** Mapped at a time: few mappings, and no more address space than files of this size take. */
  private static final long EXTENT_BYTES = 64L << 20;

  /** Written at a time. */
  private static final int WRITE_BYTES = 4 << 20;

  private static final long ALIGNMENT = 64;

  private final SpillStorage storage;
  private final WriteCount.FileCount count;
  private final FileChannel channel;
  private final Arena arena = Arena.ofShared();
  private final ReentrantLock writing = new ReentrantLock();

  /** The part of the file that is mapped and not written yet, at most an extent. */
  private MemorySegment extent = MemorySegment.NULL;

  private long extentStart;
  private long used;

  /** A new file, on which {@code count} counts. */
  SpillFile(SpillStorage storage, WriteCount.FileCount count) {
    this.storage = storage;
    this.count = count;
    try {
      this.channel = storage.create();
    } catch (IOException e) {
      throw failure("a temporary file could not be created", e);
    }
  }

  /** Whether this thread may write now; if so it calls {@link #release} afterwards. */
  boolean tryAcquire() {
    return writing.tryLock();
  }

  /** Lets others write. */
  void release() {
    writing.unlock();
  }

  /**
   * Writes {@code bytes}, of native memory, and gives them back as a part of the file, aligned to
   * 64 bytes and read-only.
   *
   * @throws StorageException if the disk is full or fails
   */
  MemorySegment write(MemorySegment bytes) {
    try {
      long start = (used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      if (start + bytes.byteSize() > extent.byteSize()) {
        extentStart += extent.byteSize();
        long size = Math.max(EXTENT_BYTES, (bytes.byteSize() + 0xffff) & ~0xffffL);
        extent = MemorySegment.NULL;
        extent = channel.map(FileChannel.MapMode.READ_ONLY, extentStart, size, arena);
        start = 0;
      }
      for (long done = 0; done < bytes.byteSize(); ) {
        int length = (int) Math.min(WRITE_BYTES, bytes.byteSize() - done);
        ByteBuffer buffer = bytes.asSlice(done, length).asByteBuffer();
        while (buffer.hasRemaining()) {
          done += channel.write(buffer, extentStart + start + done);
        }
      }
      count.wrote(extentStart + start, bytes.byteSize());
      used = start + bytes.byteSize();
      return extent.asSlice(start, bytes.byteSize());
    } catch (IOException e) {
      throw failure(bytes.byteSize() + " bytes could not be written to a temporary file", e);
    }
  }

  private StorageException failure(String problem, IOException cause) {
    return new StorageException(
        storage.place(),
        problem
            + " in "
            + storage.place()
            + " ("
            + cause.getMessage()
            + "), which the query needs beyond its memory limit",
        "Free space there, choose another spill directory, or raise the memory limit.",
        cause);
  }

  @Override
  public void close() {
    arena.close();
    try {
      channel.close();
    } catch (IOException e) {
      throw failure("a temporary file could not be deleted", e);
    }
  }
}
