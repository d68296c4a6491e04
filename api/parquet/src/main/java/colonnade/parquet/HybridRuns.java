package colonnade.parquet;

/**
 * Parquet's mix of run-length and bit-packed runs of unsigned integers up to 32 bits: definition
 * levels, dictionary codes and run-length booleans.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Encodings</a>
 */
final class HybridRuns {
  private final Bytes bytes;
  private final int width;
  private long left;
  private boolean packed;
  private long repeated;
  private int packedStart;
  private long packedBit;

  HybridRuns(Bytes bytes, int width) {
    if (width < 0 || width > 32) {
      throw new BadPage("codes of " + width + " bits");
    }
    this.bytes = bytes;
    this.width = width;
  }

  void read(long[] into, int at, int count) {
    if (width == 0) {
      java.util.Arrays.fill(into, at, at + count, 0);
      return;
    }
    while (count > 0) {
      if (left == 0) {
        nextRun();
        continue;
      }
      int n = (int) Math.min(left, count);
      if (packed) {
        Bytes.unpack(bytes.array, packedStart, bytes.end, packedBit, width, into, at, n);
        packedBit += (long) n * width;
      } else {
        java.util.Arrays.fill(into, at, at + n, repeated);
      }
      left -= n;
      at += n;
      count -= n;
    }
  }

  private void nextRun() {
    long header = bytes.readVarLong();
    packed = (header & 1) == 1;
    left = header >>> 1;
    if (packed) {
      if (left > Integer.MAX_VALUE) {
        throw new BadPage("a run of " + left + " groups");
      }
      packedStart = bytes.position;
      packedBit = 0;
      // Some writers cut the padding of the last group; unpack checks the bits that are really
      // read.
      bytes.take(Math.min(left * width, bytes.remaining()));
      left *= 8;
    } else {
      repeated = 0;
      for (int i = 0; i < width; i += 8) {
        repeated |= (long) bytes.readByte() << i;
      }
    }
    if (left == 0 && bytes.remaining() == 0) {
      throw new BadPage("a page has fewer values than its header says");
    }
  }
}
