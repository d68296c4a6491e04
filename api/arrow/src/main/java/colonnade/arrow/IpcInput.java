package colonnade.arrow;

import colonnade.error.CancelledException;
import colonnade.error.ColonnadeException;
import colonnade.error.MalformedInputException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file, mapped or copied. Every range is checked against the file's length first.
 */
sealed interface IpcInput extends AutoCloseable {
  /** The file. */
  Path path();

  /** Its length when it was opened. */
  long size();

  /**
   * Bytes {@code [offset, offset + length)}, valid as long as {@code arena} and this input.
   *
   * @throws BadIpc if the file does not have them
   */
  MemorySegment bytes(long offset, long length, Arena arena);

  @Override
  void close();

  /** Checks that a file of {@code size} bytes has this range. */
  static void check(long offset, long length, long size) {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new BadIpc(
          "it refers to " + length + " bytes at byte " + offset + ", and has " + size + " bytes");
    }
  }

  /** The whole file as one mapping, which is undone when nothing refers to it any more. */
  record Mapped(Path path, MemorySegment all) implements IpcInput {
    static Mapped open(Path path) {
      try (FileChannel channel = channel(path)) {
        return new Mapped(
            path, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }

    @Override
    public long size() {
      return all.byteSize();
    }

    @Override
    public MemorySegment bytes(long offset, long length, Arena arena) {
      check(offset, length, all.byteSize());
      return all.asSlice(offset, length);
    }

    @Override
    public void close() {
      // Unmapped with the last vector that refers to it.
    }
  }

  /** The file read by position into private memory. */
  record Copied(Path path, FileChannel channel, long size) implements IpcInput {
    static Copied open(Path path) {
      FileChannel channel = null;
      try {
        channel = IpcInput.channel(path);
        return new Copied(path, channel, channel.size());
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }

    @Override
    public MemorySegment bytes(long offset, long length, Arena arena) {
      check(offset, length, size);
      MemorySegment copy = arena.allocate(Math.max(length, 1), 64).asSlice(0, length);
      try {
        long at = 0;
        while (at < length) {
          long part = Math.min(length - at, 1 << 26);
          int got = channel.read(copy.asSlice(at, part).asByteBuffer(), offset + at);
          if (got <= 0) {
            throw new BadIpc("it was cut short while it was read");
          }
          at += got;
        }
      } catch (IOException e) {
        throw unreadable(path, e);
      }
      return copy;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }
  }

  private static FileChannel channel(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new MalformedInputException(
          path.toString(),
          path + " is a directory, not an Arrow file",
          "Read its files one by one.");
    }
    // Opening a pipe waits for its other end.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new MalformedInputException(
          path.toString(),
          path + " is a pipe or a device, not an Arrow file",
          "Write it to a file first.");
    }
    return FileChannel.open(path, StandardOpenOption.READ);
  }

  /** What to throw when the operating system refuses. */
  static ColonnadeException unreadable(Path path, IOException e) {
    return switch (e) {
      case ClosedByInterruptException interrupted ->
          new CancelledException(
              path.toString(),
              "reading " + path + " was interrupted",
              "Nothing that the query wrote was published.",
              e);
      case NoSuchFileException missing ->
          new StorageException(path.toString(), "there is no file " + path, "Check the path.", e);
      default ->
          new StorageException(
              path.toString(),
              path + " cannot be read: " + e,
              "Check that it is there, that this process may read it, and that the disk is sound.",
              e);
    };
  }
}
