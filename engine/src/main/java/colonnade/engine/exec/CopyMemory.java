package colonnade.engine.exec;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * A query's memory for copies of blocks, handed on from one block to the next, so that a query
 * takes as much as its workers copy at one time. Safe for all threads; ends with the query.
 */
public final class CopyMemory {
  private static final long LEAST_BYTES = 64 << 10;

  private final QueryMemory memory;
  private final Map<Long, Deque<MemorySegment>> free = new HashMap<>();

  CopyMemory(QueryMemory memory) {
    this.memory = memory;
  }

  /**
   * At least {@code bytes}, aligned to 64, holding anything.
   *
   * @throws colonnade.error.MemoryBudgetException if the query's limit would be passed
   */
  MemorySegment take(long bytes) {
    long size = size(bytes);
    synchronized (free) {
      Deque<MemorySegment> unused = free.get(size);
      if (unused != null && !unused.isEmpty()) {
        return unused.pop();
      }
    }
    return memory.allocate(size);
  }

  /** Takes back what {@link #take} gave. */
  void giveBack(MemorySegment taken) {
    synchronized (free) {
      free.computeIfAbsent(taken.byteSize(), _ -> new ArrayDeque<>()).push(taken);
    }
  }

  /** Four sizes between two powers of two, so that pieces of about one size can be handed on. */
  private static long size(long bytes) {
    long step = Math.max(LEAST_BYTES, Long.highestOneBit(Math.max(1, bytes)) / 4);
    return (bytes + step - 1) / step * step;
  }
}
