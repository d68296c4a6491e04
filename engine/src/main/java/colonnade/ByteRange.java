package colonnade;

/**
 * Consecutive bytes of a file. An immutable value.
 *
 * @param from offset of the first byte
 * @param to offset behind the last byte
 */
public record ByteRange(long from, long to) {
  public ByteRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no range of bytes from " + from + " to " + to);
    }
  }

  /** How many bytes there are. */
  public long byteCount() {
    return to - from;
  }
}
