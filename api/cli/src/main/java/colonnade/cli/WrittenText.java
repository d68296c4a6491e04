package colonnade.cli;

import colonnade.engine.observe.Written;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a commit wrote, as commands print it. */
final class WrittenText {
  private WrittenText() {}

  /** Bytes written for each that was meant, or a dash. */
  static String times(Optional<Written> written) {
    OptionalDouble times = written.map(Written::amplification).orElse(OptionalDouble.empty());
    return times.isPresent() ? String.format(Locale.ROOT, "%,.2f", times.getAsDouble()) : "-";
  }

  /** The members of a JSON object; null where nothing was recorded. */
  static @Nullable Map<String, Object> json(Optional<Written> written) {
    if (written.isEmpty()) {
      return null;
    }
    Written known = written.get();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("logicalBytes", known.logicalBytes());
    entry.put("writtenBytes", known.writtenBytes());
    entry.put("pages", known.pages());
    known.amplification().ifPresent(times -> entry.put("amplification", times));
    return entry;
  }
}
