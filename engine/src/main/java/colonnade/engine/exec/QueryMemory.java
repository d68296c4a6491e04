package colonnade.engine.exec;

import colonnade.engine.observe.WriteCount;
import colonnade.engine.observe.WriteReport;
import colonnade.error.MemoryBudgetException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The memory outside the heap of one query, shared by all its operators under one limit. Safe for
 * all threads. What is allocated lives until the query's memory, or the {@link Region} it came
 * from, is closed.
 */
public final class QueryMemory implements AutoCloseable {
  /** Pieces of this size come from {@link Slabs}, where there are any. */
  private static final long LEAST_OF_SLAB = 64 << 10;

  private static final long MOST_OF_SLAB = Slabs.SLAB_BYTES / 2;

  /**
   * A region's first bytes, which the garbage collector frees. Ending an arena of all threads waits
   * for each of them, for a tenth of a millisecond, or for several where processors are busy: much
   * for a result of a few rows. No more, since the collector does not see how large they are.
   */
  private static final long MOST_COLLECTED = 4 << 10;

  private final long limitBytes;
  private final AtomicLong usedBytes = new AtomicLong();
  private final AtomicLong peakBytes = new AtomicLong();
  private final Set<Region> regions = ConcurrentHashMap.newKeySet();
  private final Region root;
  private final SpillStorage storage;
  private final AtomicReference<@Nullable WriteCount> spilled = new AtomicReference<>();

  /** Memory up to {@code limitBytes}; spills to the default directory. */
  public QueryMemory(long limitBytes) {
    this(limitBytes, SpillStorage.in(QueryOptions.defaultSpillDirectory()));
  }

  /** Memory up to {@code limitBytes}; what is spilled goes to {@code storage}. */
  public QueryMemory(long limitBytes, SpillStorage storage) {
    this.limitBytes = limitBytes;
    this.storage = storage;
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

  /** Bytes written to temporary files so far. */
  public long spilledBytes() {
    WriteCount count = spilled.get();
    return count == null ? 0 : count.soFar().writtenBytes();
  }

  private WriteCount spillCount() {
    WriteCount count = spilled.get();
    if (count == null) {
      spilled.compareAndSet(null, new WriteCount());
      count = Objects.requireNonNull(spilled.get());
    }
    return count;
  }

  /** Reports what was written to temporary files, if anything was, for a query that ends. */
  void report(long elapsedNanos) {
    WriteCount count = spilled.get();
    if (count != null) {
      count.report(WriteReport.Kind.QUERY, storage.place(), "query", 0, elapsedNanos);
    }
  }

  /**
   * Whether what is to be kept for long should be spilled: more than half of the limit is taken, or
   * would be with {@code moreBytes}. The other half is for what is being worked on.
   */
  public boolean isShort(long moreBytes) {
    return usedBytes.get() > limitBytes / 2 - moreBytes;
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

  /**
   * Memory that is freed together. Safe for all threads; used by any thread until it is closed.
   * After that, access is an error, but for the few bytes that are left to the garbage collector.
   */
  public static final class Region implements AutoCloseable {
    private final QueryMemory memory;

    /** Of the first {@link #MOST_COLLECTED} bytes. */
    private @Nullable Arena collected;

    /** Of all others. */
    private @Nullable Arena arena;

    private boolean closed;
    private final AtomicLong bytes = new AtomicLong();
    private final Deque<Slabs.Slab> slabs = new ArrayDeque<>();

    /** As many as threads that wrote at one time. */
    private final Queue<SpillFile> files = new ConcurrentLinkedQueue<>();

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
      boolean few = bytes.addAndGet(byteCount) <= MOST_COLLECTED;
      MemorySegment large =
          byteCount < LEAST_OF_SLAB || byteCount > MOST_OF_SLAB ? null : ofSlab(byteCount);
      return large == null
          ? (few ? collected() : arena()).allocate(Math.max(byteCount, 1), 64)
          : large;
    }

    private void checkOpen() {
      if (closed) {
        throw new IllegalStateException("memory of a query that has ended");
      }
    }

    private synchronized Arena collected() {
      checkOpen();
      Arena few = collected;
      if (few == null) {
        few = Arena.ofAuto();
        collected = few;
      }
      return few;
    }

    private synchronized Arena arena() {
      checkOpen();
      Arena shared = arena;
      if (shared == null) {
        shared = Arena.ofShared();
        arena = shared;
      }
      return shared;
    }

    /** A piece of a slab, or null where there are none. */
    private @Nullable MemorySegment ofSlab(long byteCount) {
      Slabs shared = Slabs.shared();
      if (shared == null) {
        return null;
      }
      long rounded = byteCount + 63 & -64L;
      Arena lifetime = arena();
      synchronized (slabs) {
        Slabs.Slab slab = slabs.peek();
        if (slab == null || slab.freeBytes() < rounded) {
          slab = shared.take();
          if (slab == null) {
            return null;
          }
          slabs.push(slab);
        }
        return slab.next(rounded, lifetime).asSlice(0, byteCount);
      }
    }

    /**
     * Writes {@code content}, of native memory, to a temporary file that lives as long as the
     * region, and gives back the same bytes there, read-only. They do not count against the limit:
     * the operating system keeps them in memory only as long as nobody else needs it.
     *
     * @throws colonnade.error.StorageException if the disk is full or fails
     */
    public MemorySegment spill(MemorySegment content) {
      if (content.byteSize() == 0) {
        return MemorySegment.NULL;
      }
      SpillFile file = acquireFile();
      try {
        return file.write(content);
      } finally {
        file.release();
      }
    }

    /**
     * A copy of the first {@code count} longs: in memory, or where that is short in a temporary
     * file.
     */
    public MemorySegment keep(long[] values, int count) {
      long byteCount = 8L * count;
      if (!memory.isShort(byteCount)) {
        MemorySegment kept = allocate(byteCount);
        MemorySegment.copy(values, 0, kept, ValueLayout.JAVA_LONG, 0, count);
        return kept;
      }
      try (Arena scratch = Arena.ofConfined()) {
        MemorySegment copy = scratch.allocate(Math.max(byteCount, 1), 64);
        MemorySegment.copy(values, 0, copy, ValueLayout.JAVA_LONG, 0, count);
        return spill(copy.asSlice(0, byteCount));
      }
    }

    /** A copy of {@code content}: in memory, or where that is short in a temporary file. */
    MemorySegment keep(MemorySegment content) {
      if (memory.isShort(content.byteSize())) {
        return spill(content);
      }
      return allocate(content.byteSize()).copyFrom(content);
    }

    private SpillFile acquireFile() {
      for (SpillFile file : files) {
        if (file.tryAcquire()) {
          return file;
        }
      }
      SpillFile file = new SpillFile(memory.storage, memory.spillCount().file());
      file.tryAcquire();
      files.add(file);
      return file;
    }

    /** Bytes allocated from this region. */
    public long usedBytes() {
      return bytes.get();
    }

    @Override
    public synchronized void close() {
      memory.regions.remove(this);
      if (!closed) {
        closed = true;
        collected = null;
        if (arena != null) {
          arena.close();
        }
        Slabs shared = Slabs.shared();
        synchronized (slabs) {
          while (shared != null && !slabs.isEmpty()) {
            shared.giveBack(slabs.pop());
          }
        }
        memory.release(bytes.getAndSet(0));
        files.forEach(SpillFile::close);
        files.clear();
      }
    }
  }
}
