package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
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
  private static final int READ_WRITE = 2;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int NO_ENTRY = 2;
  private static final int INTERRUPTED = 4;
  private static final int TRY_AGAIN = 11;
  private static final int NO_ACCESS = 13;

  /** What the system calls these errors; others are told by their number. */
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(5, "Input/output error"),
          Map.entry(22, "Invalid argument"),
          Map.entry(23, "Too many open files in system"),
          Map.entry(24, "Too many open files"),
          Map.entry(28, "No space left on device"),
          Map.entry(30, "Read-only file system"),
          Map.entry(37, "No locks available"),
          Map.entry(38, "Function not implemented"),
          Map.entry(40, "Too many levels of symbolic links"),
          Map.entry(95, "Operation not supported"),
          Map.entry(122, "Disk quota exceeded"));

  /** Says that a link is not to be followed; differs between processors. */
  private static final @Nullable Integer NO_FOLLOW =
      Map.of("amd64", 0x20000, "aarch64", 0x8000).get(System.getProperty("os.arch", ""));

  private static final @Nullable Calls CALLS = find();

  private final Calls calls;
  private final int descriptor;
  private final String path;

  private OpenFileLock(Calls calls, int descriptor, String path) {
    this.calls = calls;
    this.descriptor = descriptor;
    this.path = path;
  }

  private record Calls(
      MethodHandle open,
      MethodHandle control,
      MethodHandle close,
      StructLayout stateLayout,
      VarHandle errno) {}

  /** Whether there are such locks here: Linux, native access, and {@code /proc}. */
  static boolean isAvailable() {
    return CALLS != null;
  }

  /**
   * Opens a regular file that exists, for locking.
   *
   * @throws NoSuchFileException if it is not there
   */
  static OpenFileLock open(Path file, boolean write) throws IOException {
    Calls calls = CALLS;
    Integer noFollow = NO_FOLLOW;
    if (calls == null || noFollow == null) {
      throw new IllegalStateException("no native access");
    }
    int flags = (write ? READ_WRITE : 0) | CLOSE_ON_EXEC | noFollow;
    try (Arena arena = Arena.ofConfined()) {
      Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
      MemorySegment name = arena.allocateFrom(file.toString(), charset);
      MemorySegment state = arena.allocate(calls.stateLayout);
      int descriptor = (int) calls.open.invokeExact(state, name, flags);
      if (descriptor < 0) {
        throw failure(file.toString(), (int) calls.errno.get(state, 0L));
      }
      return new OpenFileLock(calls, descriptor, file.toString());
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a C function threw a checked exception", e);
    }
  }

  /** A path that leads to the very file that is open, whatever became of its name. */
  Path openFile() {
    return Path.of("/proc/self/fd/" + descriptor);
  }

  /** Takes the lock, or returns false if someone else has it. */
  boolean tryLock(boolean shared) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      // struct flock: type, whence, start, length, process; all of the file, and no process.
      MemorySegment lock = arena.allocate(32, 8);
      lock.set(JAVA_SHORT, 0, shared ? READ_LOCK : WRITE_LOCK);
      MemorySegment state = arena.allocate(calls.stateLayout);
      int error;
      do {
        if ((int) calls.control.invokeExact(state, descriptor, SET_LOCK, lock) == 0) {
          return true;
        }
        error = (int) calls.errno.get(state, 0L);
      } while (error == INTERRUPTED);
      if (error == TRY_AGAIN || error == NO_ACCESS) {
        return false;
      }
      throw failure(path, error);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a C function threw a checked exception", e);
    }
  }

  private static IOException failure(String path, int error) {
    return switch (error) {
      case NO_ENTRY -> new NoSuchFileException(path);
      case NO_ACCESS -> new java.nio.file.AccessDeniedException(path);
      default -> new FileSystemException(path, null, REASONS.getOrDefault(error, "error " + error));
    };
  }

  @Override
  public void close() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(calls.stateLayout);
      // Whatever it returns, the descriptor is gone.
      int ignored = (int) calls.close.invokeExact(state, descriptor);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a C function threw a checked exception", e);
    }
  }

  @SuppressWarnings("restricted") // that native access is allowed is the first thing checked
  private static @Nullable Calls find() {
    if (!OpenFileLock.class.getModule().isNativeAccessEnabled()
        || !"Linux".equals(System.getProperty("os.name"))
        || NO_FOLLOW == null
        || !Files.isDirectory(Path.of("/proc/self/fd"))) {
      return null;
    }
    try {
      Linker linker = Linker.nativeLinker();
      Linker.Option state = Linker.Option.captureCallState("errno");
      Linker.Option twoFixed = Linker.Option.firstVariadicArg(2);
      StructLayout layout = Linker.Option.captureStateLayout();
      return new Calls(
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("open"),
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
              state,
              twoFixed),
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("fcntl"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
              state,
              twoFixed),
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("close"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT),
              state),
          layout,
          layout.varHandle(PathElement.groupElement("errno")));
    } catch (RuntimeException e) {
      return null;
    }
  }
}
