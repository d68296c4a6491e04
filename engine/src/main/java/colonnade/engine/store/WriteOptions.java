package colonnade.engine.store;

import colonnade.FlushPolicy;
import colonnade.Retention;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a table is written. An immutable value; each {@code with} makes a changed copy. Whether
 * commits are synced is no option: they are.
 *
 * @param flushPolicy when a checkpoint is made besides the commit at close
 * @param encoding for text and binary columns that {@code encodings} does not name
 * @param encodings choices by column name. No choice is remembered: an append without one is {@link
 *     EncodingChoice#AUTO}. None makes a plain column a dictionary again
 * @param nanoClock the clock that {@code flushPolicy} is asked with, in nanoseconds from any origin
 * @param storage where the files are
 * @param bufferBytes memory for write buffers of all columns together; each open file takes at
 *     least {@value #MIN_FILE_BUFFER_BYTES} bytes all the same
 * @param retention how many generations the table keeps from the next commit on; null for as many
 *     as it does, in a new table {@link Retention#DEFAULT}
 */
public record WriteOptions(
    FlushPolicy flushPolicy,
    EncodingChoice encoding,
    Map<String, EncodingChoice> encodings,
    LongSupplier nanoClock,
    Storage storage,
    long bufferBytes,
    @Nullable Retention retention) {
  /** The smallest buffer of a file. */
  static final int MIN_FILE_BUFFER_BYTES = 8 << 10;

  /** The largest buffer of a file: what Linux may keep in one huge page. */
  static final int MAX_FILE_BUFFER_BYTES = 2 << 20;

  /** One commit at close, encodings chosen by the data, 64 MiB of buffers. */
  public static final WriteOptions DEFAULT =
      new WriteOptions(
          FlushPolicy.atClose(),
          EncodingChoice.AUTO,
          Map.of(),
          System::nanoTime,
          Storage.local(),
          64L << 20,
          null);

  public WriteOptions {
    encodings = Map.copyOf(encodings);
  }

  /** The same with another flush policy. */
  public WriteOptions withFlushPolicy(FlushPolicy policy) {
    return new WriteOptions(
        policy, encoding, encodings, nanoClock, storage, bufferBytes, retention);
  }

  /** The same with another encoding for columns not named. */
  public WriteOptions withEncoding(EncodingChoice choice) {
    return new WriteOptions(
        flushPolicy, choice, encodings, nanoClock, storage, bufferBytes, retention);
  }

  /** The same with a choice for one column. */
  public WriteOptions withEncoding(String column, EncodingChoice choice) {
    Map<String, EncodingChoice> all = new HashMap<>(encodings);
    all.put(column, choice);
    return new WriteOptions(flushPolicy, encoding, all, nanoClock, storage, bufferBytes, retention);
  }

  /** The same with another clock. */
  public WriteOptions withNanoClock(LongSupplier clock) {
    return new WriteOptions(
        flushPolicy, encoding, encodings, clock, storage, bufferBytes, retention);
  }

  /** The same on another storage. */
  public WriteOptions withStorage(Storage other) {
    return new WriteOptions(
        flushPolicy, encoding, encodings, nanoClock, other, bufferBytes, retention);
  }

  /** The same with another amount of buffers. */
  public WriteOptions withBufferBytes(long bytes) {
    return new WriteOptions(flushPolicy, encoding, encodings, nanoClock, storage, bytes, retention);
  }

  /** The same with another number of generations to be kept. */
  public WriteOptions withRetention(Retention other) {
    return new WriteOptions(
        flushPolicy, encoding, encodings, nanoClock, storage, bufferBytes, other);
  }

  EncodingChoice encodingOf(String column) {
    return encodings.getOrDefault(column, encoding);
  }

  /** The buffer of one file when this many are written side by side: a power of two. */
  int fileBufferBytes(int fileCount) {
    long share = Long.highestOneBit(bufferBytes / Math.max(1, fileCount));
    return Math.clamp(share, MIN_FILE_BUFFER_BYTES, MAX_FILE_BUFFER_BYTES);
  }
}
