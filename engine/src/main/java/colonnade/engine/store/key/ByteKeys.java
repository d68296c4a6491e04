package colonnade.engine.store.key;

import colonnade.engine.store.ByteRuns;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import colonnade.error.CorruptColumnException;
import java.lang.foreign.MemorySegment;

/** Keys that are text or bytes. */
abstract sealed class ByteKeys extends KeyRows {
  /** The memory that holds a row's bytes. */
  abstract MemorySegment memory(long row);

  abstract long start(long row);

  abstract long end(long row);

  @Override
  public long hash(long row) {
    return KeyHash.of(memory(row), start(row), end(row));
  }

  @Override
  public boolean same(long row, KeyRows other, long otherRow) {
    if (!(other instanceof ByteKeys keys)) {
      return false;
    }
    long length = end(row) - start(row);
    return length == keys.end(otherRow) - keys.start(otherRow)
        && ByteRuns.mismatch(
                memory(row), start(row), keys.memory(otherRow), keys.start(otherRow), length)
            < 0;
  }

  static final class OfVectors extends ByteKeys {
    private final KeyWindows windows;

    OfVectors(KeyWindows windows) {
      this.windows = windows;
    }

    @Override
    MemorySegment memory(long row) {
      Dictionary entries = windows.vector(row).dictionary();
      return entries == null ? windows.vector(row).data() : entries.bytes();
    }

    @Override
    long start(long row) {
      return offset(row, 0);
    }

    @Override
    long end(long row) {
      long end = offset(row, 1);
      long start = start(row);
      if (start < 0 || end < start || end > memory(row).byteSize()) {
        throw damaged();
      }
      return end;
    }

    private long offset(long row, int next) {
      Vector vector = windows.vector(row);
      Dictionary entries = vector.dictionary();
      if (entries == null) {
        return vector.start(windows.index(row) + next);
      }
      int code = vector.code(windows.index(row));
      if (code < 0 || code >= entries.size()) {
        throw damaged();
      }
      return entries.start(code + next);
    }

    private static CorruptColumnException damaged() {
      return new CorruptColumnException(
          "a key column",
          "a row's key lies outside of the bytes of its column",
          "Run `colonnade verify` on the table, and restore it.");
    }
  }

  static final class One extends ByteKeys {
    private final MemorySegment key;

    One(MemorySegment key) {
      this.key = key;
    }

    @Override
    MemorySegment memory(long row) {
      return key;
    }

    @Override
    long start(long row) {
      return 0;
    }

    @Override
    long end(long row) {
      return key.byteSize();
    }
  }

  static final class Chosen extends ByteKeys {
    private final ByteKeys all;
    private final int[] rows;

    Chosen(ByteKeys all, int[] rows) {
      this.all = all;
      this.rows = rows;
    }

    @Override
    MemorySegment memory(long row) {
      return all.memory(rows[(int) row]);
    }

    @Override
    long start(long row) {
      return all.start(rows[(int) row]);
    }

    @Override
    long end(long row) {
      return all.end(rows[(int) row]);
    }
  }

  static final class Joined extends ByteKeys {
    private final ByteKeys first;
    private final long firstCount;
    private final ByteKeys second;

    Joined(ByteKeys first, long firstCount, ByteKeys second) {
      this.first = first;
      this.firstCount = firstCount;
      this.second = second;
    }

    @Override
    MemorySegment memory(long row) {
      return row < firstCount ? first.memory(row) : second.memory(row - firstCount);
    }

    @Override
    long start(long row) {
      return row < firstCount ? first.start(row) : second.start(row - firstCount);
    }

    @Override
    long end(long row) {
      return row < firstCount ? first.end(row) : second.end(row - firstCount);
    }
  }
}
