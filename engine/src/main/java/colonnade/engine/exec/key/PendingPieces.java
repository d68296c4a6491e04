package colonnade.engine.exec.key;

import colonnade.Schema;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.SpilledVectors;
import colonnade.engine.store.Vector;
import colonnade.engine.store.key.KeyRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Rows in the order in which they were appended, outside the heap: the last ones in builders, those
 * before in pieces, which go to temporary files where they would take more than half of the limit.
 * The operating system removes these files with the process. Used by one thread at a time.
 */
final class PendingPieces implements AutoCloseable {
  private static final int PIECE_ROWS = 65_536;

  /** A piece ends early when its bytes reach one part in so many of the limit. */
  private static final int PARTS = 8;

  private final Schema schema;
  private final long limitBytes;
  private final QueryMemory memory;
  private final QueryMemory.Region kept;
  private final List<Vector[]> pieces = new ArrayList<>();

  /** The first row of each piece, and last of the builders. */
  private int[] starts = {0};

  private QueryMemory scratch = new QueryMemory(Long.MAX_VALUE);
  private ColumnBuilder[] builders;

  PendingPieces(Schema schema, long limitBytes) {
    this.schema = schema;
    this.limitBytes = limitBytes;
    this.memory = new QueryMemory(limitBytes);
    this.kept = memory.region();
    this.builders = builders(scratch.region());
  }

  /** Columns that keep no dictionary, which could go before they do. */
  ColumnBuilder[] builders(QueryMemory.Region region) {
    ColumnBuilder[] made = new ColumnBuilder[schema.size()];
    for (int c = 0; c < made.length; c++) {
      made[c] = new ColumnBuilder(schema.type(c), region);
      if (schema.type(c).isVariable()) {
        made[c].plain();
      }
    }
    return made;
  }

  /** The column at a position of the table, to be appended to by {@link #room} rows at most. */
  ColumnBuilder column(int index) {
    return builders[index];
  }

  /** How many rows may be appended before {@link #added} is called. */
  int room() {
    if (builders[0].rowCount() >= PIECE_ROWS) {
      added(); // failed before
    }
    return PIECE_ROWS - builders[0].rowCount();
  }

  /** Says that rows were appended to all columns. */
  void added() {
    long bytes = 0;
    for (ColumnBuilder column : builders) {
      bytes += column.byteCount();
    }
    int count = builders[0].rowCount();
    if (count < PIECE_ROWS && bytes < limitBytes / PARTS) {
      return;
    }
    Vector[] vectors = new Vector[builders.length];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = builders[c].vector(0);
    }
    pieces.add(SpilledVectors.kept(new MemoryTable.Rows(count, vectors), kept).vectors());
    starts = Arrays.copyOf(starts, starts.length + 1);
    starts[pieces.size()] = starts[pieces.size() - 1] + count;
    scratch.close();
    scratch = new QueryMemory(Long.MAX_VALUE);
    builders = builders(scratch.region());
  }

  int rowCount() {
    return starts[pieces.size()] + builders[0].rowCount();
  }

  /** Bytes in temporary files. */
  long spilledBytes() {
    return memory.spilledBytes();
  }

  /** A column of the vector that has a row. */
  Vector vector(int column, int row) {
    return piece(piece(row), column);
  }

  /** The number of a row in its vector. */
  int index(int row) {
    return row - starts[piece(row)];
  }

  private int piece(int row) {
    int at = Arrays.binarySearch(starts, row);
    return at >= 0 ? at : -at - 2;
  }

  private Vector piece(int piece, int column) {
    return piece < pieces.size() ? pieces.get(piece)[column] : builders[column].vector(0);
  }

  private Vector[] all(int column) {
    int count = starts.length;
    Vector[] vectors = new Vector[count];
    for (int p = 0; p < count; p++) {
      vectors[p] = piece(p, column);
    }
    return vectors;
  }

  /** The keys in a column, as long as nothing is appended. */
  KeyRows keys(int column) {
    return pieces.isEmpty()
        ? KeyRows.of(builders[column].vector(0))
        : KeyRows.of(all(column), starts);
  }

  /** The rows that are true in a column, as long as nothing is appended. */
  IntPredicate set(int column) {
    Vector[] vectors = all(column);
    return row -> {
      int piece = piece(row);
      return vectors[piece].longAt(row - starts[piece]) != 0;
    };
  }

  /** Appends rows {@code [from, to)} of {@code rows}, which ascend, to other columns. */
  void gather(int[] rows, int from, int to, ColumnBuilder[] target) {
    for (int next = from; next < to; ) {
      int piece = piece(rows[next]);
      int end = to;
      if (piece < pieces.size()) {
        int found = Arrays.binarySearch(rows, next, to, starts[piece + 1]);
        end = found >= 0 ? found : -found - 1;
      }
      int[] local = Arrays.copyOfRange(rows, next, end);
      for (int i = 0; i < local.length; i++) {
        local[i] -= starts[piece];
      }
      for (int c = 0; c < target.length; c++) {
        target[c].append(piece(piece, c), local, local.length);
      }
      next = end;
    }
  }

  @Override
  public void close() {
    scratch.close();
    memory.close();
  }
}
