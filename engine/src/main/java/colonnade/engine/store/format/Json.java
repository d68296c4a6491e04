package colonnade.engine.store.format;

import java.util.List;
import java.util.Map;

/** A value of the JSON subset that manifests use. Immutable. */
sealed interface Json {
  /** A string. */
  record Text(String value) implements Json {}

  /** A number as it was written; whoever reads it decides whether it is one he can take. */
  record Numeral(String literal) implements Json {}

  /** An array. */
  record Items(List<Json> values) implements Json {}

  /** An object; members in the order written, names unique. */
  record Members(Map<String, Json> values) implements Json {}

  /** True, false or null. */
  enum Word implements Json {
    TRUE,
    FALSE,
    NULL
  }
}
