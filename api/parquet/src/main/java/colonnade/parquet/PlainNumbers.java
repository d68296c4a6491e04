package colonnade.parquet;

import org.apache.parquet.format.Type;

/** Plain values of fixed width, one after the other. */
final class PlainNumbers implements NumberReader {
  private final Bytes bytes;
  private final Type physical;
  private long bit;

  PlainNumbers(Bytes bytes, Type physical) {
    this.bytes = bytes;
    this.physical = physical;
  }

  @Override
  public void read(long[] into, int count) {
    byte[] array = bytes.array;
    switch (physical) {
      case INT32, FLOAT -> {
        int start = bytes.take(4L * count);
        for (int i = 0; i < count; i++) {
          into[i] = Bytes.intAt(array, start + 4 * i);
        }
      }
      case INT64, DOUBLE -> {
        int start = bytes.take(8L * count);
        for (int i = 0; i < count; i++) {
          into[i] = Bytes.longAt(array, start + 8 * i);
        }
      }
      case BOOLEAN -> {
        Bytes.unpack(array, bytes.position, bytes.end, bit, 1, into, 0, count);
        bit += count;
      }
      case INT96 -> {
        int start = bytes.take(12L * count);
        for (int i = 0; i < count; i++) {
          into[i] = micros(array, start + 12 * i);
        }
      }
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
          throw new BadPage("numbers in a column of " + physical);
    }
  }

  /** Nanoseconds of the day and the Julian day, as Impala and Spark wrote timestamps. */
  private static long micros(byte[] array, int start) {
    long nanos = Bytes.longAt(array, start);
    long days = Bytes.intAt(array, start + 8) - 2_440_588L;
    return days * 86_400_000_000L + Math.floorDiv(nanos, 1_000L);
  }
}
