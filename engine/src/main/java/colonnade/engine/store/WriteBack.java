package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Has the system send bytes of a file to the device that it would else keep until the file is
 * synced, so that a sync after the last write finds little left to do. Nothing is durable by it,
 * and no error of the device is told: both are the sync's. Linux with native access only; elsewhere
 * this does nothing. Safe for all threads.
 */
final class WriteBack {
  /** {@code SYNC_FILE_RANGE_WRITE}: begins, and waits for nothing that it began. */
  private static final int WRITE = 2;

  private static final @Nullable MethodHandle SYNC_RANGE =
      NativeFile.call(
          "sync_file_range",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

  private WriteBack() {}

  /** Begins with the bytes before {@code end}; true if the system was told. */
  static boolean begin(Path path, long end) {
    MethodHandle syncRange = SYNC_RANGE;
    if (syncRange == null || !NativeFile.isAvailable()) {
      return false;
    }
    // A descriptor for each call: kept ones would double what thousands of columns have open.
    try (NativeFile file = NativeFile.open(path, false);
        Arena arena = Arena.ofConfined()) {
      MemorySegment state = file.state(arena);
      return (int) syncRange.invokeExact(state, file.descriptor(), 0L, end, WRITE) == 0;
    } catch (IOException e) {
      return false;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a C function threw a checked exception", e);
    }
  }
}
