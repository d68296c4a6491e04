package colonnade.engine.store.key;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.store.Encoding;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/** Keys that are integers, dates or timestamps, widened to 64 bits. */
abstract sealed class FixedKeys extends KeyRows {
  abstract long at(long row);

  @Override
  public long hash(long row) {
    return KeyHash.of(at(row));
  }

  @Override
  public boolean same(long row, KeyRows other, long otherRow) {
    return other instanceof FixedKeys keys && at(row) == keys.at(otherRow);
  }

  /** The keys of these rows, however they lie. */
  static FixedKeys of(KeyWindows.Even windows) {
    Vector only = windows.vectors()[0];
    boolean plain =
        windows.isSingle()
            && only.encoding() == Encoding.PLAIN
            && only.type().widthBytes() == Long.BYTES;
    return plain ? new OfLongs(only.data(), only.dataOffset()) : new OfVectors(windows);
  }

  /** Plain values of 64 bits, which need no look at their encoding. */
  static final class OfLongs extends FixedKeys {
    private final MemorySegment data;
    private final long dataOffset;

    OfLongs(MemorySegment data, long dataOffset) {
      this.data = data;
      this.dataOffset = dataOffset;
    }

    @Override
    long at(long row) {
      return data.get(JAVA_LONG_UNALIGNED, dataOffset + 8 * row);
    }
  }

  static final class OfVectors extends FixedKeys {
    private final KeyWindows windows;

    OfVectors(KeyWindows windows) {
      this.windows = windows;
    }

    @Override
    long at(long row) {
      return windows.vector(row).longAt(windows.index(row));
    }
  }

  static final class One extends FixedKeys {
    private final long key;

    One(long key) {
      this.key = key;
    }

    @Override
    long at(long row) {
      return key;
    }
  }

  static final class Chosen extends FixedKeys {
    private final FixedKeys all;
    private final int[] rows;

    Chosen(FixedKeys all, int[] rows) {
      this.all = all;
      this.rows = rows;
    }

    @Override
    long at(long row) {
      return all.at(rows[(int) row]);
    }
  }

  static final class Joined extends FixedKeys {
    private final FixedKeys first;
    private final long firstCount;
    private final FixedKeys second;

    Joined(FixedKeys first, long firstCount, FixedKeys second) {
      this.first = first;
      this.firstCount = firstCount;
      this.second = second;
    }

    @Override
    long at(long row) {
      return row < firstCount ? first.at(row) : second.at(row - firstCount);
    }
  }
}
