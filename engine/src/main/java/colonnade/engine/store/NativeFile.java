package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file opened by the C library, for calls that Java does not have: Linux with native access only.
 * Belongs to whoever opened it; used by one thread at a time.
 */
final class NativeFile implements AutoCloseable {
  /** What the system calls a file that is not there. */
  private static final int NO_ENTRY = 2;

  /** What it says when something else interrupted a call. */
  static final int INTERRUPTED = 4;

  /** What it says when somebody else is at it. */
  static final int TRY_AGAIN = 11;

  /** What it says when it is not allowed. */
  static final int NO_ACCESS = 13;

  private static final int READ_WRITE = 2;
  private static final int CLOSE_ON_EXEC = 0x80000;

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

  private NativeFile(Calls calls, int descriptor, String path) {
    this.calls = calls;
    this.descriptor = descriptor;
    this.path = path;
  }

  private record Calls(
      MethodHandle open, MethodHandle close, StructLayout stateLayout, VarHandle errno) {}

  /** Whether files can be opened so. */
  static boolean isAvailable() {
    return CALLS != null;
  }

  /**
   * Opens a file that exists, unless it is a link.
   *
   * @throws NoSuchFileException if it is not there
   */
  static NativeFile open(Path file, boolean write) throws IOException {
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
      return new NativeFile(calls, descriptor, file.toString());
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a C function threw a checked exception", e);
    }
  }

  /** The number that the system knows the open file by. */
  int descriptor() {
    return descriptor;
  }

  /** Memory for the state that a call of {@link #call} leaves. */
  MemorySegment state(Arena arena) {
    return arena.allocate(calls.stateLayout);
  }

  /** The number of the error that a call left. */
  int error(MemorySegment state) {
    return (int) calls.errno.get(state, 0L);
  }

  /** An error of the system as an exception. */
  IOException failure(int error) {
    return failure(path, error);
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
      // Whatever it returns, the descriptor is gone.
      int ignored = (int) calls.close.invokeExact(state(arena), descriptor);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a C function threw a checked exception", e);
    }
  }

  /**
   * A function of the C library whose first argument is the {@link #state} to leave an error's
   * number in; null where there is no such function, or none may be called.
   */
  @SuppressWarnings("restricted") // that native access is allowed is the first thing checked
  static @Nullable MethodHandle call(
      String name, FunctionDescriptor types, Linker.Option... options) {
    if (!mayCall()) {
      return null;
    }
    Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = Linker.Option.captureCallState("errno");
    try {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, all);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static boolean mayCall() {
    return NativeFile.class.getModule().isNativeAccessEnabled()
        && "Linux".equals(System.getProperty("os.name"))
        && NO_FOLLOW != null;
  }

  private static @Nullable Calls find() {
    if (!mayCall()) {
      return null; // before anything of the linker is loaded
    }
    MethodHandle open =
        call(
            "open",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    MethodHandle close = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    if (open == null || close == null) {
      return null;
    }
    StructLayout layout = Linker.Option.captureStateLayout();
    return new Calls(open, close, layout, layout.varHandle(PathElement.groupElement("errno")));
  }
}
