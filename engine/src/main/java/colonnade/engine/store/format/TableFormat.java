package colonnade.engine.store.format;

/** The constants of format versions 1 and 2; {@code src/docs/format.md} describes the whole. */
public final class TableFormat {
  /** What every manifest says it is. */
  public static final String NAME = "colonnade-table";

  /** The version of a generation without patches, which every release reads. */
  public static final int VERSION = 1;

  /** The version of a generation in which a column has a patch, and the latest that is read. */
  public static final int PATCH_VERSION = 2;

  /** Rows of a block: the unit of statistics. */
  public static final int BLOCK_ROWS = 65_536;

  /** Bytes of a piece: the unit of checksums. */
  public static final int PIECE_BYTES = 65_536;

  /** Bytes of one block's record in a statistics file. */
  public static final int STATISTICS_BYTES = 32;

  /** Bytes of a manifest at most, checked before it is read. */
  public static final int MAX_MANIFEST_BYTES = 16 << 20;

  /** Columns of a table at most. */
  public static final int MAX_COLUMNS = 16_384;

  /** Characters of what a manifest says that its commit did, at most. */
  public static final int MAX_OPERATION_CHARS = 200;

  /** Values in the text of a manifest at most; the widest table needs fewer. */
  public static final int MAX_MANIFEST_VALUES = 1_000_000;

  /**
   * Rows of a table at most, so that no size in bytes overflows, and the statistics of all blocks
   * of a column, which are read into memory, take no more than 128 MiB.
   */
  public static final long MAX_ROWS = 1L << 38;

  /** Entries of a dictionary at most. */
  public static final int MAX_DICTIONARY_ENTRIES = 1 << 28;

  /** Bytes of a dictionary's entries at most: an array holds them. */
  public static final int MAX_DICTIONARY_BYTES = Integer.MAX_VALUE - 64;

  /** Rows of a patch at most; they are read into memory. */
  public static final int MAX_PATCH_ROWS = 1 << 20;

  /** Bytes of what is kept beside a column at most; they are read into memory. */
  public static final long MAX_PARAMETERS_BYTES = 1L << 28;

  /** What a manifest may say that a commit wrote, at most: sums of it do not overflow. */
  public static final long MAX_WRITTEN_BYTES = 1L << 60;

  private TableFormat() {}
}
