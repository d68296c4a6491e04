package colonnade.engine.exec.agg;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a chunk that has ended.
 *
 * @param groups its groups; null if their rows were spilled
 * @param spilled the rows of its groups, if memory was short, else null
 * @param loose rows after those of the groups that were not grouped, or null
 */
record EndedChunk(
    @Nullable ChunkGroups groups, @Nullable SpilledRows spilled, @Nullable PartedRows loose) {
  /** Groups of the chunk, wherever they are. */
  long groupCount() {
    return spilled == null ? kept().grouping().groupCount() : spilled.groupCount();
  }

  /** The groups, which were not spilled. */
  ChunkGroups kept() {
    return Objects.requireNonNull(groups);
  }

  /** Whether all of it is in {@link #groups()}. */
  boolean isWhole() {
    return spilled == null && loose == null;
  }
}
