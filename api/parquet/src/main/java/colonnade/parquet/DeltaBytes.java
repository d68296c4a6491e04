package colonnade.parquet;

import org.jspecify.annotations.Nullable;

/**
 * Values whose lengths stand first (DELTA_LENGTH_BYTE_ARRAY), or which share a prefix with the
 * value before (DELTA_BYTE_ARRAY).
 */
final class DeltaBytes implements BytesReader {
  private final Bytes bytes;
  private final long @Nullable [] prefixes;
  private final long[] lengths;
  private byte[] last = new byte[0];
  private int lastLength;
  private int read;

  /** The decoder; {@code limit} is the most values that the page can have. */
  DeltaBytes(Bytes bytes, int limit, boolean sharedPrefixes) {
    this.bytes = bytes;
    this.prefixes = sharedPrefixes ? all(bytes, limit) : null;
    this.lengths = all(bytes, limit);
    if (prefixes != null && prefixes.length != lengths.length) {
      throw new BadPage(
          "a page has " + prefixes.length + " prefixes and " + lengths.length + " values");
    }
  }

  private static long[] all(Bytes bytes, int limit) {
    var integers = new DeltaIntegers(bytes, limit);
    long[] all = new long[integers.total()];
    integers.read(all, all.length);
    return all;
  }

  @Override
  public void read(ValueBytes into, int count) {
    if (count > lengths.length - read) {
      throw new BadPage("a page has " + lengths.length + " values, fewer than its header says");
    }
    for (int i = 0; i < count; i++, read++) {
      long length = lengths[read];
      int start = bytes.take(length);
      if (prefixes == null) {
        into.append(bytes.array, start, (int) length);
        continue;
      }
      long prefix = prefixes[read];
      if (prefix < 0 || prefix > lastLength) {
        throw new BadPage("a value shares " + prefix + " bytes with one of " + lastLength);
      }
      into.append(last, (int) prefix, bytes.array, start, (int) length);
      lastLength = (int) (prefix + length);
      if (last.length < lastLength) {
        last = java.util.Arrays.copyOf(last, Math.max(lastLength, 2 * last.length));
      }
      System.arraycopy(bytes.array, start, last, (int) prefix, (int) length);
    }
  }
}
