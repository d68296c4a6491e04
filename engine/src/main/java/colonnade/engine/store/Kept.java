package colonnade.engine.store;

import colonnade.Retention;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/** Which generations a retention keeps: the newest two, and others as long as they fit. */
final class Kept {
  private static final int ALWAYS = 2;

  private Kept() {}

  /**
   * The generations to be kept, whoever holds others.
   *
   * @param files what each generation names, by its number
   * @param unreadable those of which this is not known; of no use but to find out what happened
   */
  static Set<Long> of(
      Retention retention, NavigableMap<Long, Map<String, FileUse>> files, Set<Long> unreadable) {
    Set<Long> kept = new HashSet<>();
    Map<String, FileUse> all = new HashMap<>();
    long budget = 0;
    long extra = 0;
    for (Map.Entry<Long, Map<String, FileUse>> generation : files.descendingMap().entrySet()) {
      long bytes = FileUse.merge(all, generation.getValue());
      if (kept.isEmpty()) {
        budget = retention.extraBytes(bytes);
      } else {
        extra = Math.addExact(extra, bytes);
      }
      if (kept.size() >= ALWAYS && unreadable.contains(generation.getKey())) {
        continue;
      }
      if (kept.size() >= ALWAYS && (kept.size() >= retention.generations() || extra > budget)) {
        break;
      }
      kept.add(generation.getKey());
    }
    return kept;
  }
}
