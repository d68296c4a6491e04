package colonnade.engine.store;

import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says what going back from a generation gives up. */
final class Loss {
  private Loss() {}

  /**
   * A sentence.
   *
   * @param given the manifest of the generation that is given up; null if it cannot be read
   * @param kept the generation that is gone back to
   */
  static String of(long generation, @Nullable Manifest given, Manifest kept) {
    if (given == null) {
      return "generation " + generation + ": all of it, which its manifest no longer tells";
    }
    List<String> parts = new ArrayList<>();
    long rows = given.rowCount() - kept.rowCount();
    if (rows != 0) {
      parts.add(
          String.format(
              Locale.ROOT,
              rows > 0 ? "%,d rows that were added" : "%,d rows fewer",
              Math.abs(rows)));
    }
    Map<Integer, ManifestColumn> before = new TreeMap<>();
    kept.columns().forEach(column -> before.put(column.id(), column));
    for (ManifestColumn column : given.columns()) {
      String name = "column '" + column.field().name() + "'";
      ManifestColumn old = before.remove(column.id());
      if (old == null) {
        parts.add("the new " + name);
      } else if (!old.field().name().equals(column.field().name())) {
        parts.add("the name of " + name + ", which is '" + old.field().name() + "' again");
      }
    }
    before.values().forEach(old -> parts.add("column '" + old.field().name() + "' comes back"));
    String what = parts.isEmpty() ? "changed values or notes" : String.join(", ", parts);
    return "generation " + generation + " of " + given.created() + ": " + what;
  }
}
