package colonnade.parquet;

/** Values as length and bytes, or as bytes only where all have the same length. */
final class PlainBytes implements BytesReader {
  private final Bytes bytes;
  private final int fixedLength;

  /** A reader of values of {@code fixedLength} bytes, or with a length each if it is negative. */
  PlainBytes(Bytes bytes, int fixedLength) {
    this.bytes = bytes;
    this.fixedLength = fixedLength;
  }

  @Override
  public void read(ValueBytes into, int count) {
    for (int i = 0; i < count; i++) {
      int length = fixedLength >= 0 ? fixedLength : bytes.readInt();
      into.append(bytes.array, bytes.take(length), length);
    }
  }
}
