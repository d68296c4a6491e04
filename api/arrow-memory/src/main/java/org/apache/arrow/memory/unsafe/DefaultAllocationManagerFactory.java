package org.apache.arrow.memory.unsafe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;

/**
 * Arrow's memory from {@code java.lang.foreign}: each allocation is an arena of its own, freed when
 * its last reference goes. Stateless; safe for all threads.
 *
 * <p>Arrow finds an allocation manager by the name of this class, whoever provides it, and refuses
 * a class path with two. So it stands in a jar of its own: leave that out to use Arrow's netty or
 * unsafe memory instead.
 */
public final class DefaultAllocationManagerFactory implements AllocationManager.Factory {
  /** The instance that Arrow looks for. */
  public static final AllocationManager.Factory FACTORY = new DefaultAllocationManagerFactory();

  private static final long ALIGNMENT = 64;

  private static final ArrowBuf EMPTY =
      new ArrowBuf(
          ReferenceManager.NO_OP, null, 0, Arena.global().allocate(1, ALIGNMENT).address());

  private DefaultAllocationManagerFactory() {}

  @Override
  public AllocationManager create(BufferAllocator accountingAllocator, long size) {
    return new Allocation(accountingAllocator, size);
  }

  @Override
  public ArrowBuf empty() {
    return EMPTY;
  }

  private static final class Allocation extends AllocationManager {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final long size;

    Allocation(BufferAllocator accountingAllocator, long size) {
      super(accountingAllocator);
      this.size = size;
      this.memory = arena.allocate(Math.max(size, 1), ALIGNMENT);
    }

    @Override
    public long getSize() {
      return size;
    }

    @Override
    protected long memoryAddress() {
      return memory.address();
    }

    @Override
    protected void release0() {
      arena.close();
    }
  }
}
