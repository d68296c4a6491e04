package colonnade.engine.exec;

/**
 * The end of a pipeline, shared by its workers. The driver cuts the source into chunks: runs of
 * consecutive blocks, numbered from 0, that do not depend on the number of threads. Each chunk is
 * processed by one worker from its first to its last batch; chunks run side by side and end in any
 * order. So what is kept per chunk and merged in chunk order is the same at any number of threads.
 */
public interface Sink {
  /**
   * The number of blocks that this sink wants in a chunk of a source of {@code blockCount} blocks
   * (-1: unknown).
   */
  default int blocksPerChunk(long blockCount) {
    return 1;
  }

  /**
   * Whether this takes a whole block as one batch, if all its rows are kept, its columns are plain
   * and none has nulls. Kernels called once a block instead of 16 times leave the memory bus no
   * pauses.
   */
  default boolean takesBlocks() {
    return false;
  }

  /**
   * Whether a batch may have all blocks of a chunk, under the same conditions, where they lie side
   * by side: between blocks the bus would wait for what goes on there.
   */
  default boolean takesRuns() {
    return false;
  }

  /**
   * Starts chunk {@code chunk}, from any worker; called in increasing order, though not by one
   * thread.
   */
  ChunkSink chunk(long chunk);

  /** Called once, by one thread, after the last chunk has ended without an error. */
  void finish();

  /** Takes the batches of one chunk, in order. Used by one worker. */
  interface ChunkSink extends Operator {
    /** Called after the chunk's last batch. */
    void end();

    /**
     * Asked after {@link #end}: whether no later chunk can change the result, so that none need be
     * started.
     */
    default boolean endsAll() {
      return false;
    }
  }
}
