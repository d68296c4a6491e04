package colonnade.engine.exec;

import colonnade.Checks;
import colonnade.ReadMode;
import colonnade.Schema;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.ReadAdvice;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.Vector;
import colonnade.error.ColonnadeException;
import colonnade.error.CorruptColumnException;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A mapped table as a source: blocks are windows on its columns, which are mapped when a scan first
 * wants them. Does not own the snapshot.
 */
public final class SnapshotSource implements BlockSource {
  private final Snapshot snapshot;

  /** The rows of {@code snapshot}, as long as that is open. */
  public SnapshotSource(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The table. */
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public String name() {
    return snapshot.name();
  }

  @Override
  public Schema schema() {
    return snapshot.schema();
  }

  @Override
  public OptionalLong rowCount() {
    return OptionalLong.of(snapshot.rowCount());
  }

  @Override
  public long blockCount() {
    return snapshot.blockCount();
  }

  @Override
  public ColumnStatistics statistics(int column) {
    return snapshot.statistics(column);
  }

  @Override
  public double bytesPerRow(int column) {
    return snapshot.bytesOnDisk(column) / (double) Math.max(1, snapshot.rowCount());
  }

  @Override
  public ColumnStatistics blockStatistics(int column, long index) {
    return snapshot.blockStatistics(column, index);
  }

  @Override
  public boolean isOnDisk(int[] columns) {
    for (int column : columns) {
      if (snapshot.column(column).isOnDisk()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void load(int column, long first, int count) {
    long firstRow = first * Sizes.BLOCK_ROWS;
    long end = Math.min(snapshot.rowCount(), firstRow + (long) count * Sizes.BLOCK_ROWS);
    snapshot.column(column).load(firstRow, end);
  }

  @Override
  public void release(int column, long block) {
    long firstRow = block * Sizes.BLOCK_ROWS;
    long end = Math.min(snapshot.rowCount(), firstRow + Sizes.BLOCK_ROWS);
    snapshot.column(column).release(firstRow, end);
  }

  @Override
  public @Nullable Dictionary dictionary(int column) {
    return snapshot.encoding(column) == Encoding.DICTIONARY
        ? snapshot.column(column).dictionary()
        : null;
  }

  @Override
  public RuntimeException translate(
      RuntimeException e, int[] columns, long firstRow, long rowCount) {
    RuntimeException translated = snapshot.translate(e);
    if (translated != e || e instanceof ColonnadeException) {
      return translated;
    }
    for (int column : columns) {
      String problem = problem(column, firstRow, rowCount);
      if (problem != null) {
        String place = "column '" + snapshot.schema().name(column) + "' of " + name();
        return new CorruptColumnException(
            place,
            place + " is damaged: " + problem,
            "Run `colonnade verify " + name() + "` for the extent, and restore it.",
            e);
      }
    }
    return e;
  }

  private @Nullable String problem(int column, long firstRow, long rowCount) {
    String problem = null;
    long end = firstRow + rowCount;
    for (long row = firstRow; row < end && problem == null; row += Sizes.BLOCK_ROWS) {
      int count = (int) Math.min(Sizes.BLOCK_ROWS, end - row);
      problem = snapshot.column(column).problem(row, count);
    }
    return problem;
  }

  @Override
  public @Nullable Vector whole(int column, QueryContext context, QueryMemory.Region region) {
    if (snapshot.rowCount() > Integer.MAX_VALUE) {
      return null;
    }
    int rowCount = (int) snapshot.rowCount();
    MappedColumn mapped = snapshot.column(column);
    if (!mapped.isInPlace()) {
      return null;
    }
    return switch (mapped.encoding()) {
      case PLAIN, DICTIONARY, NARROW, SCALED -> mapped.vector(0, rowCount);
      case BITS -> Decoder.decode(context.kernels(), mapped.vector(0, rowCount), rowCount, region);
      case CONSTANT -> {
        int blockRows = Math.min(rowCount, Sizes.BLOCK_ROWS);
        Vector block = mapped.vector(0, blockRows);
        yield blockRows == rowCount ? block : Decoder.repeat(block, blockRows, rowCount, region);
      }
    };
  }

  @Override
  public Block block(long index, int[] columns) {
    return new MappedBlock(firstRow(index), rowCount(index), mapped(columns));
  }

  @Override
  public Block block(long index, int[] columns, CopyMemory memory) {
    MappedColumn[] mapped = mapped(columns);
    for (MappedColumn column : mapped) {
      if (!column.isInPlace()) {
        return new ColumnBlock(firstRow(index), rowCount(index), mapped, memory);
      }
    }
    return new MappedBlock(firstRow(index), rowCount(index), mapped);
  }

  @Override
  public @Nullable Block run(long first, long end, int[] columns) {
    MappedColumn[] mapped = mapped(columns);
    for (MappedColumn column : mapped) {
      if (!column.isInPlace()
          || column.encoding() != Encoding.PLAIN
          || column.statistics().nullCount() > 0) {
        return null;
      }
    }
    long rows = Math.min(end * Sizes.BLOCK_ROWS, snapshot.rowCount()) - firstRow(first);
    return new MappedBlock(firstRow(first), Math.toIntExact(rows), mapped);
  }

  private static long firstRow(long block) {
    return block * Sizes.BLOCK_ROWS;
  }

  private int rowCount(long block) {
    return (int) Math.min(Sizes.BLOCK_ROWS, snapshot.rowCount() - firstRow(block));
  }

  private MappedColumn[] mapped(int[] columns) {
    MappedColumn[] mapped = new MappedColumn[columns.length];
    for (int c = 0; c < columns.length; c++) {
      mapped[c] = snapshot.column(columns[c]);
    }
    return mapped;
  }

  @Override
  public @Nullable ColonnadeException fault(int[] columns, long firstRow, long rowCount) {
    for (int column : columns) {
      ColonnadeException fault = snapshot.column(column).fault(firstRow, firstRow + rowCount);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  @Override
  public String reading(int[] columns) {
    return IntStream.of(columns)
        .mapToObj(snapshot::reading)
        .map(advice -> isUsual(advice) ? "mapped" : advice.toString())
        .distinct()
        .reduce((some, other) -> some + "; " + other)
        .orElse("mapped");
  }

  private static boolean isUsual(ReadAdvice advice) {
    return advice.mode() == ReadMode.MAPPED && advice.checks() == Checks.NEVER;
  }

  /** A window on mapped columns; holds nothing. */
  private record MappedBlock(long firstRow, int rowCount, MappedColumn[] columns) implements Block {
    @Override
    public Vector vector(int column, int from, int count) {
      return columns[column].vector(firstRow + from, count);
    }
  }
}
