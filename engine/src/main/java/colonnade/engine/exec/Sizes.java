package colonnade.engine.exec;

/** The two row counts that the engine works in. */
public final class Sizes {
  /** Rows of a block: the unit of statistics, checksums and scheduling. */
  public static final int BLOCK_ROWS = 65_536;

  /**
   * Rows of a batch at most: what one kernel call sees. A whole number of pages for every width
   * from one byte up.
   */
  public static final int BATCH_ROWS = 4_096;

  private Sizes() {}
}
