package colonnade.engine.store;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The mapped files that hold a column's rows, for what the system is asked to do with parts of
 * them: bring them into memory, or give them up. Safe for all threads while the mappings live.
 */
final class RowMappings {
  private final List<MemorySegment> files;
  private final long rowCount;

  /** Whether a scan has read ahead in them. */
  private volatile boolean isReadAhead;

  /** Files of {@code rowCount} rows each, none of them a dictionary's. */
  RowMappings(List<MemorySegment> files, long rowCount) {
    this.files = List.copyOf(files);
    this.rowCount = rowCount;
  }

  /** Whether a part of them is not in memory, as far as some samples tell. */
  boolean isOnDisk() {
    return files.stream().anyMatch(ReadAhead::isOnDisk);
  }

  /** Brings the bytes of these rows into memory; of text, about those bytes. */
  void load(long firstRow, long endRow) {
    if (!isReadAhead) {
      // Only where scans wait for the disk: who looks for single rows would read 4 MiB for each.
      isReadAhead = true;
      files.forEach(file -> MemoryAdvice.HUGE_PAGES.of(file, 0, file.byteSize()));
    }
    for (MemorySegment file : files) {
      ReadAhead.load(file, offset(file, firstRow), offset(file, endRow));
    }
  }

  /** Says that these rows will not be read again soon. */
  void release(long firstRow, long endRow) {
    for (MemorySegment file : files) {
      Release.letGo(file, offset(file, firstRow), offset(file, endRow));
    }
  }

  /** Where a row begins in a file: all take the same space or, the bytes of text, nearly so. */
  private long offset(MemorySegment file, long row) {
    return (long) (file.byteSize() * ((double) row / rowCount));
  }
}
