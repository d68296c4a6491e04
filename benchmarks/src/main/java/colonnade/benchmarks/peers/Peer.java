package colonnade.benchmarks.peers;

import colonnade.benchmarks.data.Dataset;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One contestant of a benchmark, ourselves included: an engine with tables loaded the way its own
 * guide says, and its own number of threads. Not for several threads at once; the owner closes it.
 */
public interface Peer extends AutoCloseable {
  /** The name in options and reports, in lower case. */
  String name();

  /** Its release, for the report. */
  String version();

  /** The process that does its work. */
  default long pid() {
    return ProcessHandle.current().pid();
  }

  /** Makes a table of the data, if that was not done before; not measured. */
  void load(Dataset dataset) throws Exception;

  /** Why it cannot be asked; empty if it can. */
  default Optional<String> refusal(Question question) {
    return Optional.ofNullable(question.refusals().get(name()));
  }

  /** Answers and tells what the answer was. */
  Fingerprint fingerprint(Question question) throws Exception;

  /** Answers, reads the answer, and tells how many nanoseconds that took. */
  long runNanos(Question question) throws Exception;

  /** Bytes of columns that an answer reads, where they can be known. */
  default OptionalLong scannedBytes(Question question) throws IOException {
    return OptionalLong.empty();
  }

  @Override
  void close() throws IOException;
}
