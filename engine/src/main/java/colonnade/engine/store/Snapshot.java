package colonnade.engine.store;

import colonnade.Checks;
import colonnade.OpenOptions;
import colonnade.Schema;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.error.ClosedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One generation of a table, open for reading: what it holds never changes, whatever writers do.
 * Belongs to whoever opened it, who closes it. Columns are mapped at their first use and stay
 * mapped until {@link #close()}, which unmaps all of them at once; a vector used after that fails
 * with an {@link IllegalStateException}, which {@link #translate} turns into a {@link
 * ClosedException}. Safe for all threads; use in another thread while one closes is a clean error.
 */
public final class Snapshot implements AutoCloseable {
  private final TableDirectory table;
  private final Manifest manifest;
  private final Schema schema;
  private final List<Tail> tails;
  private final GenerationPin pin;
  private final OpenOptions options;

  /** The type of the table's file system; null if the system does not say. */
  private final @Nullable String fileSystem;

  /** Whether the files were written in this directory, or taken in after a check. */
  private final boolean atHome;

  private final AtomicReferenceArray<@Nullable MappedColumn> columns;
  private final AtomicReferenceArray<@Nullable BlockStatistics> blockStatistics;
  private final Object lock = new Object();
  private final ConstantBlocks constants = new ConstantBlocks();
  private @Nullable Arena arena;
  private int mappedFileCount;
  private volatile boolean closed;

  Snapshot(
      TableDirectory table,
      Manifest manifest,
      List<Tail> tails,
      GenerationPin pin,
      OpenOptions options) {
    this.options = options;
    this.fileSystem = fileSystem(table);
    this.atHome = table.isHomeOf(manifest);
    this.table = table;
    this.manifest = manifest;
    this.schema = manifest.schema();
    this.tails = List.copyOf(tails);
    this.pin = pin;
    this.columns = new AtomicReferenceArray<>(manifest.columns().size());
    this.blockStatistics = new AtomicReferenceArray<>(manifest.columns().size());
  }

  private static @Nullable String fileSystem(TableDirectory table) {
    try {
      return table.storage().fileSystemType(table.path());
    } catch (IOException e) {
      return null;
    }
  }

  /** The path that the table was opened by: what messages call it. */
  public String name() {
    return table.name();
  }

  /** The real path of the table's directory. */
  public Path path() {
    return table.path();
  }

  /** The columns. */
  public Schema schema() {
    return schema;
  }

  /** The rows of every column. */
  public long rowCount() {
    return manifest.rowCount();
  }

  /** The number of blocks of every column. */
  public long blockCount() {
    return manifest.blockCount();
  }

  /** The number of this generation. */
  public long generation() {
    return manifest.generation();
  }

  /** What the manifest says. */
  public Manifest manifest() {
    return manifest;
  }

  /** Bytes that an unfinished append left behind committed ones, as they were at open. */
  public List<Tail> tails() {
    return tails;
  }

  /** The layout of column {@code index}; maps nothing. */
  public Encoding encoding(int index) {
    return manifest.columns().get(index).encoding();
  }

  /**
   * What the writer of column {@code index} wanted remembered of it: how it was scaled, for one.
   */
  public Map<String, String> attributes(int index) {
    return manifest.columns().get(index).attributes();
  }

  /**
   * All that the writer of column {@code index} wanted remembered of it; reads its file, if it has
   * one, and compares it with its checksums.
   *
   * @throws colonnade.error.CorruptColumnException if the file is not as it was written
   */
  public ColumnNotes notes(int index) {
    checkOpen();
    return ParametersFile.read(table, manifest.columns().get(index));
  }

  /** What is known of all rows of column {@code index}; maps and reads nothing. */
  public ColumnStatistics statistics(int index) {
    return manifest.columns().get(index).statistics();
  }

  /**
   * What is known of one block of column {@code index}; reads the column's statistics file at first
   * use and maps nothing.
   */
  public ColumnStatistics blockStatistics(int index, long block) {
    checkOpen();
    BlockStatistics statistics = blockStatistics.get(index);
    if (statistics == null) {
      checkOnTouch(index, FileRole.STATISTICS);
      statistics = BlockStatistics.read(table, manifest.columns().get(index));
      blockStatistics.set(index, statistics);
    }
    return statistics.of(block);
  }

  /** Committed bytes of the files of column {@code index}, checksums left out. */
  public long bytesOnDisk(int index) {
    long sum = 0;
    for (ManifestFile file : manifest.columns().get(index).files()) {
      sum += file.lengthBytes();
    }
    return sum;
  }

  /**
   * Column {@code index}, mapped.
   *
   * @throws ClosedException if this is closed
   * @throws colonnade.error.CorruptColumnException if its files contradict the manifest
   * @throws colonnade.error.StorageException if the system refuses the mapping
   */
  public MappedColumn column(int index) {
    checkOpen();
    MappedColumn column = columns.get(index);
    return column != null ? column : map(index);
  }

  private MappedColumn map(int index) {
    synchronized (lock) {
      checkOpen();
      MappedColumn column = columns.get(index);
      if (column == null) {
        Arena shared = arena();
        ManifestColumn described = manifest.columns().get(index);
        int files = MappedColumn.fileCount(described);
        MappingBudget.take(files, "column '" + schema.name(index) + "' of " + table.name());
        // Counted until close() even if it fails below: what was mapped before stays until then.
        mappedFileCount += files;
        column = MappedColumn.open(this, table, described, reading(index), constants, shared);
        columns.set(index, column);
      }
      return column;
    }
  }

  /** How column {@code index} is read, and why; maps nothing. */
  public ReadAdvice reading(int index) {
    return ReadAdvice.of(
        options, atHome, fileSystem, bytesOnDisk(index), schema.size(), PhysicalMemory.bytes());
  }

  /**
   * The hash table of the keys of column {@code index}, mapped for as long as this is open; null if
   * it has none. Where checks are on touch, the file is compared with its checksums first.
   *
   * @throws colonnade.error.CorruptColumnException if it is not as it was written
   */
  public @Nullable MemorySegment index(int index) {
    ManifestFile file = manifest.columns().get(index).file(FileRole.INDEX);
    if (file == null) {
      return null;
    }
    checkOnTouch(index, FileRole.INDEX);
    synchronized (lock) {
      checkOpen();
      MappingBudget.take(1, "the index of " + table.name());
      mappedFileCount++;
      try {
        return table.storage().map(table.file(file.name()), file.lengthBytes(), arena());
      } catch (IOException e) {
        throw StorageFailure.of(table.place(file.name()), "map", e);
      }
    }
  }

  /** For files that are used as a whole, and not through {@link ColumnFile}. */
  private void checkOnTouch(int index, FileRole role) {
    ManifestColumn column = manifest.columns().get(index);
    ManifestFile file = column.file(role);
    if (file != null && reading(index).checks() == Checks.ON_TOUCH) {
      PieceCheck.require(table, column, file);
    }
  }

  private Arena arena() {
    Arena shared = arena;
    if (shared == null) {
      shared = Arena.ofShared();
      arena = shared;
    }
    return shared;
  }

  /** The number of files mapped or open so far. */
  public int mappedFileCount() {
    synchronized (lock) {
      return mappedFileCount;
    }
  }

  /** Whether {@link #close()} was called. */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Does nothing while this is open.
   *
   * @throws ClosedException afterwards
   */
  public void checkOpen() {
    if (closed) {
      throw closedException(null);
    }
  }

  /**
   * The {@link ClosedException} that {@code e} means if it came from memory that this has unmapped;
   * else {@code e} itself.
   */
  public RuntimeException translate(RuntimeException e) {
    return closed && e instanceof IllegalStateException ? closedException(e) : e;
  }

  private ClosedException closedException(@Nullable Throwable cause) {
    return new ClosedException(
        table.name(),
        "the table " + table.name() + " is closed",
        "Use it inside the block that opens it, or open it again.",
        cause);
  }

  /** Unmaps all columns and lets the generation go. A second call does nothing. */
  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      for (int c = 0; c < columns.length(); c++) {
        MappedColumn column = columns.get(c);
        if (column != null) {
          column.close();
        }
      }
      if (arena != null) {
        arena.close();
      }
      MappingBudget.give(mappedFileCount);
      pin.close();
    }
  }
}
