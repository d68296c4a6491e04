package colonnade.parquet;

/**
 * Integers stored as bit-packed differences (DELTA_BINARY_PACKED): a header, then blocks of a
 * smallest difference and miniblocks of offsets from it.
 */
final class DeltaIntegers implements NumberReader {
  /** Values of one miniblock at most; writers use 32. */
  private static final int MINIBLOCK_LIMIT = 1 << 16;

  private final Bytes bytes;
  private final int miniblocks;
  private final long[] deltas;
  private final int[] widths;
  private final int total;
  private int read;
  private long last;
  private long smallest;
  private int miniblock;
  private int at;

  /** The decoder; {@code limit} is the most values that the page can have. */
  DeltaIntegers(Bytes bytes, int limit) {
    this.bytes = bytes;
    int blockValues = bytes.readCount(1 << 24, "the block size of delta values");
    this.miniblocks = bytes.readCount(1 << 12, "the number of miniblocks");
    this.total = bytes.readCount(limit, "the number of delta values");
    this.last = bytes.readZigZag();
    int size = miniblocks == 0 ? 0 : blockValues / miniblocks;
    if (size == 0 || size > MINIBLOCK_LIMIT || size * miniblocks != blockValues || size % 8 != 0) {
      throw new BadPage("a block of " + blockValues + " values in " + miniblocks + " miniblocks");
    }
    this.deltas = new long[size];
    this.widths = new int[miniblocks];
    this.miniblock = miniblocks;
    this.at = size;
  }

  int total() {
    return total;
  }

  @Override
  public void read(long[] into, int count) {
    if (count > total - read) {
      throw new BadPage("a page has " + total + " delta values, fewer than its header says");
    }
    int i = 0;
    if (read == 0 && count > 0) {
      into[i++] = last;
    }
    while (i < count) {
      if (at == deltas.length) {
        nextMiniblock();
      }
      int n = Math.min(count - i, deltas.length - at);
      for (int k = 0; k < n; k++) {
        last += smallest + deltas[at + k];
        into[i + k] = last;
      }
      at += n;
      i += n;
    }
    read += count;
  }

  private void nextMiniblock() {
    if (miniblock == miniblocks) {
      smallest = bytes.readZigZag();
      for (int i = 0; i < miniblocks; i++) {
        widths[i] = bytes.readByte();
      }
      miniblock = 0;
    }
    int width = widths[miniblock++];
    if (width > 64) {
      throw new BadPage("differences of " + width + " bits");
    }
    int start = bytes.take((long) width * deltas.length / 8);
    Bytes.unpack(bytes.array, start, bytes.position, 0, width, deltas, 0, deltas.length);
    at = 0;
  }
}
