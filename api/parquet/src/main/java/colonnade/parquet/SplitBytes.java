package colonnade.parquet;

/** Values of one length whose first bytes come first, then all second bytes (BYTE_STREAM_SPLIT). */
final class SplitBytes implements BytesReader {
  private final byte[] array;
  private final int start;
  private final int total;
  private final byte[] value;
  private int read;

  SplitBytes(Bytes bytes, int length) {
    this.value = new byte[length];
    this.total = length == 0 ? Integer.MAX_VALUE : bytes.remaining() / length;
    this.array = bytes.array;
    this.start = bytes.take((long) total * length);
  }

  @Override
  public void read(ValueBytes into, int count) {
    if (count > total - read) {
      throw new BadPage("a page has " + total + " values, fewer than its header says");
    }
    for (int i = 0; i < count; i++, read++) {
      for (int b = 0; b < value.length; b++) {
        value[b] = array[start + b * total + read];
      }
      into.append(value, 0, value.length);
    }
  }
}
