package colonnade.engine.observe;

import java.util.OptionalDouble;

/**
 * What was meant to be written, and what was. An immutable value.
 *
 * @param logicalBytes the bytes of the values that were appended, changed or stored, each as wide
 *     as its type, texts as long as they are; 0 where no value was, as in an undo
 * @param writtenBytes bytes given to the file system, those of checksums, statistics and manifests
 *     too; of a mapping the pages that were synced
 * @param pages pages of {@value #PAGE_BYTES} bytes that these lie in; one that is written again
 *     after something else counts again
 */
public record Written(long logicalBytes, long writtenBytes, long pages) {
  /** Bytes of a page. */
  public static final int PAGE_BYTES = 4096;

  /** Nothing. */
  public static final Written NOTHING = new Written(0, 0, 0);

  /**
   * Bytes written for each that was meant: below 1 where encodings save more than is written
   * besides. Empty where none was meant.
   */
  public OptionalDouble amplification() {
    return logicalBytes == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) writtenBytes / logicalBytes);
  }

  /** The same with one more file of {@code lengthBytes}, written from its start. */
  public Written andFile(long lengthBytes) {
    return new Written(logicalBytes, writtenBytes + lengthBytes, pages + pagesOf(0, lengthBytes));
  }

  /** The pages that {@code lengthBytes} bytes from byte {@code offset} on lie in. */
  public static long pagesOf(long offset, long lengthBytes) {
    return lengthBytes == 0 ? 0 : (offset + lengthBytes - 1) / PAGE_BYTES - offset / PAGE_BYTES + 1;
  }

  /** As in {@code 8,000 bytes meant, 8,412 written (1.05 times) in 5 pages}. */
  @Override
  public String toString() {
    OptionalDouble times = amplification();
    return String.format(
        java.util.Locale.ROOT,
        "%,d bytes meant, %,d written%s in %,d page%s",
        logicalBytes,
        writtenBytes,
        times.isPresent()
            ? String.format(java.util.Locale.ROOT, " (%,.2f times)", times.getAsDouble())
            : "",
        pages,
        pages == 1 ? "" : "s");
  }
}
