package colonnade.engine.exec.agg;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a chunk that has ended.
 *
 * @param groups its groups
 * @param loose rows after those of the groups that were not grouped, or null
 */
record EndedChunk(ChunkGroups groups, @Nullable PartedRows loose) {}
