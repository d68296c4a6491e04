package colonnade.parquet;

import java.math.BigInteger;

/** Numbers that Parquet stores as bytes: decimals (big-endian) and half-precision floats. */
final class BytesNumbers implements NumberReader {
  private final BytesReader reader;
  private final ParquetColumn column;
  private final ValueBytes step = new ValueBytes();

  BytesNumbers(BytesReader reader, ParquetColumn column) {
    this.reader = reader;
    this.column = column;
  }

  @Override
  public void read(long[] into, int count) {
    step.clear();
    reader.read(step, count);
    for (int i = 0; i < count; i++) {
      into[i] = convert(step.array, step.start(i), step.length(i));
    }
  }

  private long convert(byte[] array, int start, int length) {
    if (column.conversion() == Conversion.HALF) {
      if (length != 2) {
        throw new BadPage("a half-precision float of " + length + " bytes");
      }
      short half = (short) (array[start] & 0xff | array[start + 1] << 8);
      return Float.floatToRawIntBits(Float.float16ToFloat(half));
    }
    if (length == 0) {
      throw new BadPage("a decimal of no bytes");
    }
    return Double.doubleToRawLongBits(
        Conversion.decimal(new BigInteger(array, start, length), column.scale()));
  }
}
