package colonnade.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Gives SIMD training some mapped memory. A loop that was compiled for memory of an arena alone is
 * thrown away at its first mapped column, and the query falls back to interpreted Vector API code
 * for a tenth of a second; so training shows it both kinds. Kernels know no files, hence this hook.
 */
@FunctionalInterface
public interface MappedSample {
  /**
   * At least {@code bytes} readable bytes of any content, mapped read-only into {@code arena}; null
   * where there is nothing to map. Called on the training thread.
   */
  @Nullable MemorySegment map(Arena arena, long bytes);
}
