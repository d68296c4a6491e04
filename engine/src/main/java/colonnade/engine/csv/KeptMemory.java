package colonnade.engine.csv;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Memory for what one worker keeps of a file: pieces of larger ones, which somebody else owns and
 * frees. Not thread-safe.
 */
public final class KeptMemory {
  /** Bytes that are taken from the owner at a time. */
  public static final long TAKEN_BYTES = 1L << 20;

  private final Source source;
  private MemorySegment free = MemorySegment.NULL;
  private boolean full;

  /** Who owns the memory. Safe for all threads. */
  @FunctionalInterface
  public interface Source {
    /** So many bytes, aligned to 64; null if there are no more. */
    @Nullable MemorySegment take(long bytes);
  }

  /** Pieces of what {@code source} gives. */
  public KeptMemory(Source source) {
    this.source = source;
  }

  /** Memory aligned to 8 bytes; null if there is no more, from then on always. */
  @Nullable MemorySegment allocate(long bytes) {
    long rounded = bytes + 7 & -8L;
    if (rounded > free.byteSize()) {
      MemorySegment taken = full ? null : source.take(Math.max(TAKEN_BYTES, rounded));
      if (taken == null) {
        full = true;
        return null;
      }
      free = taken;
    }
    MemorySegment result = free.asSlice(0, bytes);
    free = free.asSlice(rounded);
    return result;
  }

  /** Whether there is no more. */
  boolean isFull() {
    return full;
  }
}
