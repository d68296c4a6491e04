package colonnade.engine.store;

import colonnade.engine.store.format.TableFormat;
import colonnade.error.InvalidQueryException;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a column beside its values: how it was scaled, for one. The attributes stand in
 * the manifest; what is too long for it has a file of its own.
 *
 * @param attributes short texts by name
 * @param parameters what the attributes refer to, copied when it is written; null for nothing
 */
public record ColumnNotes(Map<String, String> attributes, @Nullable MemorySegment parameters) {
  public ColumnNotes {
    attributes = Map.copyOf(attributes);
    if (parameters != null && parameters.byteSize() > TableFormat.MAX_PARAMETERS_BYTES) {
      throw new InvalidQueryException(
          "parameters",
          String.format(
              Locale.ROOT,
              "what is to be kept beside a column takes %,d bytes; the most is %,d",
              parameters.byteSize(),
              TableFormat.MAX_PARAMETERS_BYTES),
          "Scale within fewer groups.");
    }
  }
}
