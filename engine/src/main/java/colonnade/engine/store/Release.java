package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Tells the system that parts of mapped files will not be needed soon, so that it gives up those
 * pages before others; they stay readable, and stay in memory while nobody needs the space. Linux
 * with native access only; elsewhere this does nothing. Safe for all threads.
 */
final class Release {
  /** {@code MADV_COLD}, since Linux 5.4; older systems refuse it, which changes nothing. */
  private static final int COLD = 20;

  private static final long PAGE_BYTES = 4096;
  private static final @Nullable MethodHandle ADVISE = find();

  private Release() {}

  /** Lets go of the whole pages within bytes {@code [from, to)} of a mapping; true if told. */
  static boolean letGo(MemorySegment mapping, long from, long to) {
    long start = from + PAGE_BYTES - 1 & -PAGE_BYTES;
    long end = to & -PAGE_BYTES;
    MethodHandle advise = ADVISE;
    if (advise == null || start >= end) {
      return false;
    }
    try {
      return (int) advise.invokeExact(mapping.asSlice(start), end - start, COLD) == 0;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a C function threw a checked exception", e);
    }
  }

  @SuppressWarnings("restricted") // that native access is allowed is the first thing checked
  private static @Nullable MethodHandle find() {
    if (!Release.class.getModule().isNativeAccessEnabled()
        || !"Linux".equals(System.getProperty("os.name"))) {
      return null;
    }
    try {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow("madvise"),
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    } catch (RuntimeException e) {
      return null;
    }
  }
}
