package colonnade.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import colonnade.error.ColonnadeException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** What reading a hostile file may cost, and how it must end. */
public final class Allowance {
  /** Bytes that one attempt may allocate on the heap, all together. */
  public static final long HEAP_BYTES = 256L << 20;

  /** Far above what any attempt takes: only hanging takes longer. */
  private static final Duration HANGS = Duration.ofSeconds(10);

  private Allowance() {}

  /**
   * Expects that {@code attempt} ends with a typed error that names a place, within the allowance.
   *
   * @return the error
   */
  public static ColonnadeException refuses(Executable attempt) {
    Throwable thrown = within(() -> Assertions.catchThrowable(attempt::execute));
    assertThat(thrown).isInstanceOf(ColonnadeException.class);
    ColonnadeException refusal = (ColonnadeException) thrown;
    assertThat(refusal.place()).isNotEmpty();
    return refusal;
  }

  /** The result of an attempt that ended within the allowance. */
  public static <T> T within(Supplier<T> attempt) {
    return assertTimeoutPreemptively(
        HANGS,
        () -> {
          var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
          long before = threads.getCurrentThreadAllocatedBytes();
          T result = attempt.get();
          assertThat(threads.getCurrentThreadAllocatedBytes() - before)
              .as("bytes allocated")
              .isLessThan(HEAP_BYTES);
          return result;
        });
  }
}
