package colonnade.engine.store.array;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Gives a new file its length, all zeros, and its space on disk, so that a full disk is an error
 * now and not a fault in some store later. With native access on Linux this is {@code
 * posix_fallocate}, whose cost does not depend on the length; elsewhere zeros are written.
 */
final class Reservation {
  private static final int NO_SPACE = 28;
  private static final int WRITE_ONLY = 1;

  // One page at a time: a file made by larger writes gets larger units in the page cache, and each
  // later store syncs a whole unit.
  private static final int WRITE_BYTES = 4096;

  private Reservation() {}

  /** Extends an empty file to {@code byteCount}; without {@code reserve} it stays sparse. */
  static void extend(Path path, FileChannel channel, long byteCount, boolean reserve)
      throws IOException {
    if (byteCount == 0) {
      return;
    }
    if (!reserve) {
      channel.write(ByteBuffer.allocate(1), byteCount - 1);
      return;
    }
    int error = Native.CALLS == null ? -1 : Native.CALLS.allocate(path, byteCount);
    if (error == NO_SPACE) {
      throw new IOException("No space left on device"); // as a write would
    }
    if (error != 0) {
      writeZeros(channel, byteCount);
    }
  }

  static void writeZeros(FileChannel channel, long byteCount) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(WRITE_BYTES);
    for (long at = 0; at < byteCount; ) {
      zeros.clear().limit((int) Math.min(WRITE_BYTES, byteCount - at));
      at += channel.write(zeros, at);
    }
  }

  /**
   * The C library's calls; looked up only where the user has allowed native access, so that no
   * warning is printed.
   */
  private record Native(MethodHandle open, MethodHandle allocate, MethodHandle close) {
    static final @Nullable Native CALLS = find();

    @SuppressWarnings("restricted") // that native access is allowed is the first thing checked
    private static @Nullable Native find() {
      if (!Reservation.class.getModule().isNativeAccessEnabled()
          || !"Linux".equals(System.getProperty("os.name"))) {
        return null;
      }
      Linker linker = Linker.nativeLinker();
      try {
        return new Native(
            linker.downcallHandle(
                linker.defaultLookup().findOrThrow("open"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                Linker.Option.firstVariadicArg(2)),
            linker.downcallHandle(
                linker.defaultLookup().findOrThrow("posix_fallocate"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG)),
            linker.downcallHandle(
                linker.defaultLookup().findOrThrow("close"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT)));
      } catch (RuntimeException e) {
        return null;
      }
    }

    /** 0, an error number, or -1 if the file could not be opened. */
    int allocate(Path path, long byteCount) {
      try (Arena arena = Arena.ofConfined()) {
        int file = (int) open.invokeExact(arena.allocateFrom(path.toString()), WRITE_ONLY);
        if (file < 0) {
          return -1;
        }
        try {
          return (int) allocate.invokeExact(file, 0L, byteCount);
        } finally {
          int ignored = (int) close.invokeExact(file);
        }
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError("a C function threw a checked exception", e);
      }
    }
  }
}
