package colonnade.engine.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Touches mapped memory in scalar code before other code reads it. A page that cannot be read then
 * fails as a catchable {@link InternalError}; inside compiled Vector API code it would end the
 * process.
 */
public interface ProbeKernels {
  /** Bytes of the smallest page of the machines that Java runs on. */
  int PAGE_BYTES = 4096;

  /**
   * Reads one byte of every page of {@code bytes} bytes, and the last byte. What it returns means
   * nothing.
   */
  default long probe(MemorySegment memory, long offset, long bytes) {
    if (bytes == 0) {
      return 0;
    }
    long seen = memory.get(Layouts.I8, offset + bytes - 1);
    int pages = (int) (bytes / PAGE_BYTES);
    for (int p = 0; p < pages; p++) {
      seen += memory.get(Layouts.I8, offset + (long) p * PAGE_BYTES);
    }
    if (seen == Long.MIN_VALUE) {
      // Never true, which the compiler cannot know: the reads have to happen.
      throw new AssertionError(seen);
    }
    return seen;
  }
}
