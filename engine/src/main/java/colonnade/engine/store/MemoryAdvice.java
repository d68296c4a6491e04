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
 * What the system is told of mapped memory. Linux with native access only; elsewhere this does
 * nothing. Safe for all threads.
 */
enum MemoryAdvice {
  /** Read it into huge pages where files can be kept so. */
  HUGE_PAGES(14),

  /**
   * Give up its pages before others when memory is short; since Linux 5.4, older systems refuse.
   */
  COLD(20),

  /** Read it and map it now, and return when that is done; since Linux 5.14. */
  POPULATE(22);

  private static final long PAGE_BYTES = 4096;

  private static final class Calls {
    static final @Nullable MethodHandle ADVISE = find();
  }

  private final int number;

  MemoryAdvice(int number) {
    this.number = number;
  }

  /**
   * Says so of bytes {@code [from, to)} of a mapping, from the page that {@code from} is in.
   *
   * @return whether the system took it; if not, nothing has changed
   */
  boolean of(MemorySegment mapping, long from, long to) {
    long start = from & -PAGE_BYTES;
    MethodHandle advise = Calls.ADVISE;
    if (advise == null || start >= to) {
      return false;
    }
    try {
      return (int) advise.invokeExact(mapping.asSlice(start), to - start, number) == 0;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a C function threw a checked exception", e);
    }
  }

  @SuppressWarnings("restricted") // that native access is allowed is the first thing checked
  private static @Nullable MethodHandle find() {
    if (!MemoryAdvice.class.getModule().isNativeAccessEnabled()
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
