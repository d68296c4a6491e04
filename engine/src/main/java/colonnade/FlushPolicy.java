package colonnade;

import java.time.Duration;
import java.util.Objects;

/**
 * When a long write makes what it has so far durable: at a checkpoint. An immutable value.
 *
 * <p>After a crash or power cut a table opens at its last checkpoint. More checkpoints lose less
 * and cost more: each syncs every column file, the directory and a new manifest.
 */
public sealed interface FlushPolicy {
  /** A checkpoint after every appended row or batch. Safest and slowest. */
  static FlushPolicy everyWrite() {
    return new Rows(1);
  }

  /** A checkpoint after at least {@code rowCount} rows since the last. */
  static FlushPolicy rows(long rowCount) {
    return new Rows(rowCount);
  }

  /** A checkpoint at the first write after {@code duration} has passed since the last. */
  static FlushPolicy every(Duration duration) {
    return new Every(duration);
  }

  /** One commit when the writer closes; a crash before it loses all that was written. */
  static FlushPolicy atClose() {
    return new AtClose();
  }

  /** A checkpoint when this policy or {@code other} asks for one. */
  default FlushPolicy or(FlushPolicy other) {
    return new Either(this, other);
  }

  /** A checkpoint when this policy asks for one or {@code duration} has passed since the last. */
  default FlushPolicy or(Duration duration) {
    return or(every(duration));
  }

  /**
   * Whether a checkpoint is due.
   *
   * @param rowCount rows written since the last checkpoint
   * @param elapsedNanos nanoseconds since the last checkpoint
   */
  boolean isDue(long rowCount, long elapsedNanos);

  /** After this many rows. */
  record Rows(long rowCount) implements FlushPolicy {
    public Rows {
      if (rowCount < 1) {
        throw new IllegalArgumentException("a flush policy needs at least 1 row, not " + rowCount);
      }
    }

    @Override
    public boolean isDue(long rows, long elapsedNanos) {
      return rows >= rowCount;
    }
  }

  /** After this time. */
  record Every(Duration duration) implements FlushPolicy {
    public Every {
      Objects.requireNonNull(duration, "duration");
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(
            "a flush policy needs a positive duration, not " + duration);
      }
    }

    @Override
    public boolean isDue(long rows, long elapsedNanos) {
      return rows > 0 && elapsedNanos >= duration.toNanos();
    }
  }

  /** Only when the writer closes. */
  record AtClose() implements FlushPolicy {
    @Override
    public boolean isDue(long rows, long elapsedNanos) {
      return false;
    }
  }

  /** When either asks. */
  record Either(FlushPolicy first, FlushPolicy second) implements FlushPolicy {
    public Either {
      Objects.requireNonNull(first, "first");
      Objects.requireNonNull(second, "second");
    }

    @Override
    public boolean isDue(long rows, long elapsedNanos) {
      return first.isDue(rows, elapsedNanos) || second.isDue(rows, elapsedNanos);
    }
  }
}
