package colonnade.engine.store.key;

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
