package colonnade.engine.kernel.simd;

import colonnade.engine.kernel.Layouts;
import java.lang.foreign.MemorySegment;

/**
 * Makes a fault in mapped memory an {@link InternalError} in the compiled code of a SIMD loop too.
 * HotSpot turns a fault into one in every compiled method in which it has seen an access by {@code
 * Unsafe}, and ends the process in any other; loads of the Vector API do not count as such.
 */
final class CatchableFault {
  private CatchableFault() {}

  /** To be called in the method that has the loop; {@code offset} must be in the memory. */
  static void in(MemorySegment memory, long offset) {
    memory.get(Layouts.I8, offset);
  }
}
