package colonnade.engine.exec;

import colonnade.error.MemoryBudgetException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory outside the heap of one query, shared by all its operators under one limit. Safe for
 * all threads. What is allocated lives until the query's memory, or the {@link Region} it came
 * from, is closed.
 */
public final class QueryMemory implements AutoCloseable {
  private final long limitBytes;
  private final AtomicLong usedBytes = new AtomicLong();
  private final AtomicLong peakBytes = new AtomicLong();
  private final Set<Region> regions = ConcurrentHashMap.newKeySet();
  private final Region root;

  /** Memory up to {@code limitBytes}. */
  public QueryMemory(long limitBytes) {
    this.limitBytes = limitBytes;
    this.root = new Region(this);
  }

  /**
   * Zeroed memory aligned to 64 bytes that lives as long as the query.
   *
   * @throws MemoryBudgetException if the limit would be passed
   */
  public MemorySegment allocate(long bytes) {
    return root.allocate(bytes);
  }

  /**
   * A part of the query's memory that can be freed before the query ends, and is freed with it at
   * the latest.
   */
  public Region region() {
    Region region = new Region(this);
    regions.add(region);
    return region;
  }

  /** Whether {@code region} is one of {@link #region()} that is not closed yet. */
  boolean owns(Region region) {
    return regions.contains(region);
  }

  /** Lets {@code region} outlive the query; the caller closes it from now on. */
  void detach(Region region) {
    regions.remove(region);
  }

  /**
   * Memory counted against the query's limit that outlives the query: its result's. The caller
   * closes it.
   */
  public Region detachedRegion() {
    return new Region(this);
  }

  /** Bytes allocated now. */
  public long usedBytes() {
    return usedBytes.get();
  }

  /** The most bytes that were allocated at one time. */
  public long peakBytes() {
    return peakBytes.get();
  }

  /** The limit. */
  public long limitBytes() {
    return limitBytes;
  }

  /**
   * Counts memory that is not allocated here, heap arrays for example, against the limit.
   *
   * @throws MemoryBudgetException if the limit would be passed
   */
  public void reserve(long bytes) {
    long used = usedBytes.addAndGet(bytes);
    if (used > limitBytes) {
      usedBytes.addAndGet(-bytes);
      throw new MemoryBudgetException(
          "query",
          "the query needs "
              + used
              + " bytes of memory outside the heap; its limit is "
              + limitBytes,
          "Raise the memory limit, or filter, project or group the input to something smaller"
              + " first.");
    }
    peakBytes.accumulateAndGet(used, Math::max);
  }

  /** Gives back what {@link #reserve} counted. */
  public void release(long bytes) {
    usedBytes.addAndGet(-bytes);
  }

  @Override
  public void close() {
    regions.forEach(Region::close);
    regions.clear();
    root.close();
  }

  /** Memory that is freed together. Safe for all threads; used by any thread until it is closed. */
  public static final class Region implements AutoCloseable {
    private final QueryMemory memory;
    private final Arena arena = Arena.ofShared();
    private final AtomicLong bytes = new AtomicLong();

    private Region(QueryMemory memory) {
      this.memory = memory;
    }

    /**
     * Zeroed memory aligned to 64 bytes.
     *
     * @throws MemoryBudgetException if the query's limit would be passed
     */
    public MemorySegment allocate(long byteCount) {
      memory.reserve(byteCount);
      bytes.addAndGet(byteCount);
      return arena.allocate(Math.max(byteCount, 1), 64);
    }

    /** Bytes allocated from this region. */
    public long usedBytes() {
      return bytes.get();
    }

    @Override
    public synchronized void close() {
      memory.regions.remove(this);
      if (arena.scope().isAlive()) {
        arena.close();
        memory.release(bytes.getAndSet(0));
      }
    }
  }
}
