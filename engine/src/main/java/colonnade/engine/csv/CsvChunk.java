package colonnade.engine.csv;

import colonnade.engine.kernel.Swar;
import java.util.Arrays;

/**
 * Whole records of a file, as many as make a good piece of work.
 *
 * @param bytes the records from 0 on, padded
 * @param length where they end
 * @param isLast whether nothing follows them
 */
public record CsvChunk(byte[] bytes, int length, boolean isLast) {
  /** Bytes that an array needs behind its records. */
  public static final int PADDING_BYTES = Swar.PADDING_BYTES;

  /** The first {@code length} bytes; overwrites the padding. */
  public static CsvChunk of(byte[] bytes, int length, boolean isLast) {
    // The padding ends a line that the file does not end.
    Arrays.fill(bytes, length, length + PADDING_BYTES, (byte) '\n');
    return new CsvChunk(bytes, length, isLast);
  }
}
