package colonnade.engine.exec.hash;

import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.error.MemoryBudgetException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Arrays on the heap that count against a query's memory: makes them, grows them, and gives all of
 * their bytes back at once. Safe for all threads. A query is refused before all queries together
 * take more than three quarters of the heap.
 */
public final class HeapUse implements AutoCloseable {
  private static final long HEAP_LIMIT = Runtime.getRuntime().maxMemory() / 4 * 3;

  /** Of all queries of the process, since they share the heap. */
  private static final AtomicLong HEAP_USED = new AtomicLong();

  private final QueryMemory memory;
  private final AtomicLong bytes = new AtomicLong();

  /** Nothing yet; what is not given back earlier is given back with the query. */
  public HeapUse(QueryContext context) {
    this.memory = context.memory();
    context.own(this);
  }

  /** Longs: those of {@code old}, then zeros. */
  public long[] grow(long[] old, int length) {
    reserve(8L * (length - old.length));
    return Arrays.copyOf(old, length);
  }

  /** Longs: those of {@code old}, then {@code fill}. */
  public long[] grow(long[] old, int length, long fill) {
    long[] grown = grow(old, length);
    Arrays.fill(grown, old.length, length, fill);
    return grown;
  }

  /** Doubles: those of {@code old}, then zeros. */
  public double[] grow(double[] old, int length) {
    reserve(8L * (length - old.length));
    return Arrays.copyOf(old, length);
  }

  /** Doubles: those of {@code old}, then {@code fill}. */
  public double[] grow(double[] old, int length, double fill) {
    double[] grown = grow(old, length);
    Arrays.fill(grown, old.length, length, fill);
    return grown;
  }

  /** Ints: those of {@code old}, then zeros. */
  public int[] grow(int[] old, int length) {
    reserve(4L * (length - old.length));
    return Arrays.copyOf(old, length);
  }

  /** Ints: those of {@code old}, then {@code fill}. */
  public int[] grow(int[] old, int length, int fill) {
    int[] grown = grow(old, length);
    Arrays.fill(grown, old.length, length, fill);
    return grown;
  }

  /** Bytes: those of {@code old}, then zeros. */
  public byte[] grow(byte[] old, int length) {
    reserve(length - old.length);
    return Arrays.copyOf(old, length);
  }

  /**
   * Counts bytes of the heap that the caller is about to take, or with a negative number has given
   * up.
   *
   * @throws MemoryBudgetException if the query's memory or the heap is not large enough
   */
  public void reserve(long byteCount) {
    if (HEAP_USED.addAndGet(byteCount) > HEAP_LIMIT && byteCount > 0) {
      HEAP_USED.addAndGet(-byteCount);
      throw new MemoryBudgetException(
          "query",
          "the groups of the query need "
              + (HEAP_USED.get() + byteCount)
              + " bytes of the heap, which has "
              + Runtime.getRuntime().maxMemory(),
          "Raise -Xmx, or filter the input, or group it by fewer keys.");
    }
    try {
      memory.reserve(byteCount);
    } catch (MemoryBudgetException e) {
      HEAP_USED.addAndGet(-byteCount);
      throw e;
    }
    bytes.addAndGet(byteCount);
  }

  /** Whether all queries together take more than half of what they may of the heap. */
  public static boolean isShort() {
    return HEAP_USED.get() > HEAP_LIMIT / 2;
  }

  /** Bytes counted now. */
  public long bytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    long all = bytes.getAndSet(0);
    memory.release(all);
    HEAP_USED.addAndGet(-all);
  }
}
