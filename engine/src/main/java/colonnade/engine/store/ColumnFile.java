package colonnade.engine.store;

import colonnade.Checks;
import colonnade.ReadMode;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.ColonnadeException;
import colonnade.error.CorruptColumnException;
import colonnade.error.MemoryBudgetException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One file of a column as a snapshot reads it: mapped, loaded, or open to be copied from piece by
 * piece. Memory belongs to the snapshot's arena; closing this closes the open file. Safe for all
 * threads.
 */
final class ColumnFile implements AutoCloseable {
  private static final int LOAD_BYTES = 1 << 20;

  private final TableDirectory table;
  private final ManifestColumn column;
  private final ManifestFile file;
  private @Nullable MemorySegment memory;
  private @Nullable SharedFile open;
  private @Nullable TouchedPieces touched;

  /** Bytes of a file from {@code offset} of {@code memory} on. */
  record Part(MemorySegment memory, long offset) {}

  private ColumnFile(TableDirectory table, ManifestColumn column, ManifestFile file) {
    this.table = table;
    this.column = column;
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @param mode never {@link ReadMode#GUARDED} for the files of a dictionary, which all rows share
   */
  static ColumnFile open(
      TableDirectory table,
      ManifestColumn column,
      ManifestFile file,
      ReadMode mode,
      Checks checks,
      Arena arena) {
    ColumnFile opened = new ColumnFile(table, column, file);
    if (checks == Checks.ON_TOUCH) {
      opened.touched = new TouchedPieces(table, column, file);
    }
    try {
      switch (mode) {
        case MAPPED -> opened.map(arena);
        case GUARDED -> opened.open = new SharedFile(table.storage(), table.file(file.name()));
        case LOADED -> opened.load(arena);
      }
    } catch (IOException e) {
      throw StorageFailure.of(
          table.place(file.name()), mode == ReadMode.MAPPED ? "map" : "open", e);
    }
    return opened;
  }

  private void map(Arena arena) throws IOException {
    memory = table.storage().map(table.file(file.name()), file.lengthBytes(), arena);
    if (touched != null) {
      open = new SharedFile(table.storage(), table.file(file.name()));
    }
  }

  private void load(Arena arena) throws IOException {
    long length = file.lengthBytes();
    if (length > PhysicalMemory.bytes()) {
      throw new MemoryBudgetException(
          place(),
          String.format(
              Locale.ROOT,
              "%s cannot be loaded: it is %,d bytes, and the memory is %,d",
              place(),
              length,
              PhysicalMemory.bytes()),
          "Open the table with ReadMode.MAPPED or GUARDED.");
    }
    MemorySegment all = arena.allocate(Math.max(length, 1), 64).asSlice(0, length);
    try (SharedFile source = new SharedFile(table.storage(), table.file(file.name()))) {
      for (long from = 0; from < length; from += LOAD_BYTES) {
        // A piece may be longer than a step only at the end of the file.
        copy(source, from, Math.min(length, from + LOAD_BYTES), all.asSlice(from), 0);
      }
    }
    touched = null;
    memory = all;
  }

  /** The whole file where it may be read in place; null where parts are copied. */
  @Nullable MemorySegment inPlace() {
    return touched == null ? memory : null;
  }

  /** The memory that is mapped; null if none is. */
  @Nullable MemorySegment mapping() {
    MemorySegment whole = memory;
    return whole != null && whole.isMapped() ? whole : null;
  }

  /** The committed length. */
  long lengthBytes() {
    return file.lengthBytes();
  }

  /** Whether bytes {@code [from, to)} may be read in place. */
  boolean isInPlace(long from, long to) {
    TouchedPieces pieces = touched;
    return memory != null && (pieces == null || pieces.areSound(from, to));
  }

  /**
   * Bytes {@code [from, to)}: in place, or copied to memory that {@code allocator} gives.
   *
   * @param firstRow the first row that they are read for, which errors name
   */
  Part read(long from, long to, long firstRow, SegmentAllocator allocator) {
    MemorySegment whole = memory;
    if (whole != null && isInPlace(from, to)) {
      return new Part(whole, from);
    }
    if (from >= to) {
      return new Part(MemorySegment.NULL, 0);
    }
    SharedFile source = open;
    if (source == null) {
      throw new IllegalStateException(file.name() + " is not open");
    }
    TouchedPieces pieces = touched;
    long start = from;
    long end = to;
    if (pieces != null && !pieces.areSound(from, to)) {
      start = pieces.start(from);
      end = pieces.end(to);
    }
    MemorySegment copy = allocator.allocate(end - start, 64);
    try {
      copy(source, start, end, copy, firstRow);
    } catch (IOException e) {
      throw unreadable(firstRow, e);
    }
    return new Part(copy, from - start);
  }

  private void copy(SharedFile source, long from, long to, MemorySegment target, long firstRow)
      throws IOException {
    MemorySegment bytes = target.asSlice(0, to - from);
    source.read(bytes.asByteBuffer(), from);
    TouchedPieces pieces = touched;
    if (pieces != null && !pieces.areSound(from, to)) {
      String problem = pieces.check(bytes.asByteBuffer(), from);
      if (problem != null) {
        throw new CorruptColumnException(
            place(firstRow),
            place(firstRow) + " is damaged: " + problem,
            "Restore it from a copy, or run `colonnade repair " + table.name() + "`.");
      }
    }
  }

  /**
   * Reads the rows' bytes again, without a mapping, after a fault in one.
   *
   * @return the error if they cannot be read, or null
   */
  @Nullable ColonnadeException fault(long firstRow, long endRow) {
    double rowBytes = file.lengthBytes() / (double) Math.max(1, column.rowCount());
    long at = (long) (firstRow * rowBytes) & -TableFormat.PIECE_BYTES;
    long to = Math.min(file.lengthBytes(), (long) (endRow * rowBytes) + 8);
    try (SharedFile source = new SharedFile(table.storage(), table.file(file.name()));
        Arena scratch = Arena.ofConfined()) {
      MemorySegment piece = scratch.allocate(TableFormat.PIECE_BYTES);
      for (; at < to; at += TableFormat.PIECE_BYTES) {
        long bytes = Math.min(TableFormat.PIECE_BYTES, to - at);
        source.read(piece.asSlice(0, bytes).asByteBuffer(), at);
      }
      at = 0;
      source.read(piece.asSlice(0, Math.min(1, to)).asByteBuffer(), file.lengthBytes() - 1);
      return null;
    } catch (IOException e) {
      return unreadable(Math.max(firstRow, (long) (at / rowBytes)), e);
    }
  }

  /** The error for bytes that could not be read. */
  private ColonnadeException unreadable(long firstRow, IOException cause) {
    if (cause instanceof ClosedChannelException) {
      return StorageFailure.of(place(firstRow), "read", cause);
    }
    StorageFailure.throwUnlessDamage(place(firstRow), cause);
    return new CorruptColumnException(
        place(firstRow),
        place(firstRow) + " cannot be read: " + cause.getMessage(),
        "A file was cut short, or its disk failed. The query's results were discarded. Run"
            + " `colonnade verify "
            + table.name()
            + "`.",
        cause);
  }

  private String place(long firstRow) {
    return "block " + firstRow / TableFormat.BLOCK_ROWS + " of " + place();
  }

  private String place() {
    return "column '" + column.field().name() + "' of " + table.name() + " (" + file.name() + ")";
  }

  /** What the file holds. */
  FileRole role() {
    return file.role();
  }

  @Override
  public void close() {
    SharedFile source = open;
    if (source != null) {
      try {
        source.close();
      } catch (IOException e) {
        // Nothing was written through it.
      }
    }
  }
}
