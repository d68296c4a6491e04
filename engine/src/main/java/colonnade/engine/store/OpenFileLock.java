package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A lock of Linux that belongs to an open file ({@code F_OFD_SETLK}) and not, as {@link
 * java.nio.channels.FileLock}, to the process: it stays when another part of the process closes the
 * same file, and two copies of this class in one process respect each other. Both kinds conflict,
 * so processes with and without native access keep each other out. The kernel frees it when the
 * file is closed or the process dies. Used by one thread at a time.
 */
final class OpenFileLock implements AutoCloseable {
  private static final int SET_LOCK = 37;
  private static final short READ_LOCK = 0;
  private static final short WRITE_LOCK = 1;

  private static final @Nullable MethodHandle CONTROL =
      NativeFile.isAvailable() && Files.isDirectory(Path.of("/proc/self/fd"))
          ? NativeFile.call(
              "fcntl",
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
              Linker.Option.firstVariadicArg(2))
          : null;

  private final MethodHandle control;
  private final NativeFile file;

  private OpenFileLock(MethodHandle control, NativeFile file) {
    this.control = control;
    this.file = file;
  }

  /** Whether there are such locks here: Linux, native access, and {@code /proc}. */
  static boolean isAvailable() {
    return CONTROL != null;
  }

  /**
   * Opens a regular file that exists, for locking.
   *
   * @throws NoSuchFileException if it is not there
   */
  static OpenFileLock open(Path file, boolean write) throws IOException {
    MethodHandle control = CONTROL;
    if (control == null) {
      throw new IllegalStateException("no native access");
    }
    return new OpenFileLock(control, NativeFile.open(file, write));
  }

  /** A path that leads to the very file that is open, whatever became of its name. */
  Path openFile() {
    return Path.of("/proc/self/fd/" + file.descriptor());
  }

  /** Takes the lock, or returns false if someone else has it. */
  boolean tryLock(boolean shared) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      // struct flock: type, whence, start, length, process; all of the file, and no process.
      MemorySegment lock = arena.allocate(32, 8);
      lock.set(JAVA_SHORT, 0, shared ? READ_LOCK : WRITE_LOCK);
      MemorySegment state = file.state(arena);
      int error;
      do {
        if ((int) control.invokeExact(state, file.descriptor(), SET_LOCK, lock) == 0) {
          return true;
        }
        error = file.error(state);
      } while (error == NativeFile.INTERRUPTED);
      if (error == NativeFile.TRY_AGAIN || error == NativeFile.NO_ACCESS) {
        return false;
      }
      throw file.failure(error);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a C function threw a checked exception", e);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
