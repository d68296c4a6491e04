package colonnade.parquet;

/** Fixed-width values whose first bytes come first, then all second bytes (BYTE_STREAM_SPLIT). */
final class SplitNumbers implements NumberReader {
  private final byte[] array;
  private final int start;
  private final int width;
  private final int total;
  private int read;

  SplitNumbers(Bytes bytes, int width) {
    this.width = width;
    this.total = bytes.remaining() / width;
    this.array = bytes.array;
    this.start = bytes.take((long) total * width);
  }

  @Override
  public void read(long[] into, int count) {
    if (count > total - read) {
      throw new BadPage("a page has " + total + " values, fewer than its header says");
    }
    for (int i = 0; i < count; i++) {
      long value = 0;
      for (int b = 0; b < width; b++) {
        value |= (array[start + b * total + read + i] & 0xffL) << 8 * b;
      }
      into[i] = width == 4 ? (int) value : value;
    }
    read += count;
  }
}
