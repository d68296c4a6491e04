package colonnade.arrow;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Memory for what a block cannot use in place. Nothing is opened before the first copy, because
 * closing a shared arena stops every thread for a moment, and most blocks copy nothing. Used by one
 * thread at a time, read by all.
 */
final class LazyArena implements Arena {
  private @Nullable Arena arena;

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    return arena().allocate(byteSize, byteAlignment);
  }

  @Override
  public MemorySegment.Scope scope() {
    return arena().scope();
  }

  private Arena arena() {
    Arena present = arena;
    if (present == null) {
      present = Arena.ofShared();
      arena = present;
    }
    return present;
  }

  @Override
  public void close() {
    if (arena != null) {
      arena.close();
    }
  }
}
