package colonnade.engine.exec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import colonnade.engine.store.PhysicalMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Large pieces of memory that queries take and give back, in huge pages where the system has them.
 * What was given back is kept for the next query, since the first touch of fresh memory costs more
 * than what most queries do with it: up to a bound, and until nobody took or gave any for some
 * seconds. Only on Linux with native access. Safe for all threads.
 */
final class Slabs {
  /** Bytes of a slab. */
  static final long SLAB_BYTES = 16L << 20;

  private static final long IDLE_NANOS = 5_000_000_000L;
  private static final @Nullable Slabs SHARED = find();

  private final Native calls;
  private final int mostKept;
  private final Deque<Slab> kept = new ArrayDeque<>();
  private long uses;
  private boolean sweeping;

  private Slabs(Native calls, int mostKept) {
    this.calls = calls;
    this.mostKept = mostKept;
  }

  /** The slabs of this process; null where there are none. */
  static @Nullable Slabs shared() {
    return SHARED;
  }

  /** Other slabs, of which up to {@code mostKept} are kept, for tests. */
  static @Nullable Slabs keeping(int mostKept) {
    Slabs shared = SHARED;
    return shared == null ? null : new Slabs(shared.calls, mostKept);
  }

  /** {@value #SLAB_BYTES} bytes; null if the system has no more. */
  @Nullable Slab take() {
    synchronized (this) {
      uses++;
      if (!kept.isEmpty()) {
        return kept.pop();
      }
    }
    long address = calls.map(SLAB_BYTES);
    return address == Native.FAILED ? null : new Slab(address);
  }

  /** Takes {@code slab} back, which nobody may touch any more. */
  void giveBack(Slab slab) {
    synchronized (this) {
      uses++;
      if (kept.size() < mostKept) {
        slab.dirtyBytes = Math.max(slab.dirtyBytes, slab.usedBytes);
        slab.usedBytes = 0;
        kept.push(slab);
        if (!sweeping) {
          sweeping = true;
          Thread.ofPlatform().daemon().name("colonnade-memory").start(this::sweepWhenIdle);
        }
        return;
      }
    }
    calls.unmap(slab.address, SLAB_BYTES);
  }

  /** Slabs that are kept for the next query. */
  synchronized int keptCount() {
    return kept.size();
  }

  /** Gives all that is kept back to the system. */
  synchronized void release() {
    while (!kept.isEmpty()) {
      calls.unmap(kept.pop().address, SLAB_BYTES);
    }
  }

  private void sweepWhenIdle() {
    long seen = -1;
    while (true) {
      synchronized (this) {
        if (seen == uses) {
          release();
          sweeping = false;
          return;
        }
        seen = uses;
      }
      LockSupport.parkNanos(IDLE_NANOS);
    }
  }

  @SuppressWarnings("restricted") // that native access is allowed is the first thing checked
  private static @Nullable Slabs find() {
    if (!Slabs.class.getModule().isNativeAccessEnabled()
        || !"Linux".equals(System.getProperty("os.name"))
        || ADDRESS.byteSize() != Long.BYTES) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    try {
      Native calls =
          new Native(
              linker.downcallHandle(
                  linker.defaultLookup().findOrThrow("mmap"),
                  FunctionDescriptor.of(
                      JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG)),
              linker.downcallHandle(
                  linker.defaultLookup().findOrThrow("madvise"),
                  FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT)),
              linker.downcallHandle(
                  linker.defaultLookup().findOrThrow("munmap"),
                  FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG)));
      long most = Math.min(1L << 30, PhysicalMemory.bytes() / 16);
      return new Slabs(calls, (int) (most / SLAB_BYTES));
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** A piece of memory, handed out from its start on. Owned by one region at a time. */
  static final class Slab {
    private final long address;
    private long usedBytes;

    /** How far it may hold what an earlier owner wrote. */
    private long dirtyBytes;

    private Slab(long address) {
      this.address = address;
    }

    /** Bytes that are not handed out yet. */
    long freeBytes() {
      return SLAB_BYTES - usedBytes;
    }

    /**
     * The next {@code byteCount} bytes, a multiple of 64, zeroed, as long as {@code arena} lives.
     */
    @SuppressWarnings("restricted") // there are no slabs without native access
    MemorySegment next(long byteCount, Arena arena) {
      long from = usedBytes;
      usedBytes += byteCount;
      MemorySegment next =
          MemorySegment.ofAddress(address + from).reinterpret(byteCount, arena, null);
      long dirty = Math.min(dirtyBytes - from, byteCount);
      if (dirty > 0) {
        next.asSlice(0, dirty).fill((byte) 0);
      }
      return next;
    }
  }

  /** The C library's calls. */
  private record Native(MethodHandle mmap, MethodHandle madvise, MethodHandle munmap) {
    static final long FAILED = -1;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final int HUGE_PAGES = 14;

    long map(long bytes) {
      try {
        long address = (long) mmap.invokeExact(0L, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
        if (address != FAILED) {
          // Where the system has no huge pages, small ones do.
          int ignored = (int) madvise.invokeExact(address, bytes, HUGE_PAGES);
        }
        return address;
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError("a C function threw a checked exception", e);
      }
    }

    void unmap(long address, long bytes) {
      try {
        int ignored = (int) munmap.invokeExact(address, bytes);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError("a C function threw a checked exception", e);
      }
    }
  }
}
