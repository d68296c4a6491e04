package colonnade.benchmarks.measure;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files of ours out of the page cache, and their plain reading beside what engines make of them.
 */
public final class PageCache {
  private static final int O_RDONLY = 0;
  private static final int DONT_NEED = 4;
  private static final int BUFFER_BYTES = 4 << 20;

  private final MethodHandle open;
  private final MethodHandle advise;
  private final MethodHandle close;

  /** Linux only. */
  @SuppressWarnings("restricted")
  public PageCache() {
    Linker linker = Linker.nativeLinker();
    open =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    advise =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("posix_fadvise"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT));
    close =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("close"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  /** All files below a path, or the path itself. */
  public static List<Path> files(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Syncs the files and drops their pages; pages that somebody has mapped stay. */
  public void drop(List<Path> files) throws IOException {
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      drop(file);
    }
  }

  private void drop(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(file.toString());
      int descriptor = (int) open.invokeExact(name, O_RDONLY);
      if (descriptor < 0) {
        throw new IOException("cannot open " + file);
      }
      int failed = (int) advise.invokeExact(descriptor, 0L, 0L, DONT_NEED);
      int closed = (int) close.invokeExact(descriptor);
      if (failed != 0 || closed != 0) {
        throw new IOException("cannot drop the pages of " + file);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads files from end to end and gives the nanoseconds that took. */
  public static long readNanos(List<Path> files) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    long start = System.nanoTime();
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        while (channel.read(buffer.clear()) >= 0) {
          // only the reading counts
        }
      }
    }
    return System.nanoTime() - start;
  }
}
