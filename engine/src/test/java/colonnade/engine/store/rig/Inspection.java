package colonnade.engine.store.rig;

import colonnade.Checks;
import colonnade.OpenOptions;
import colonnade.engine.store.Finding;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.Verification;
import colonnade.engine.store.Verifier;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is found of a table after a crash, by the engine itself.
 *
 * @param generation the newest; 0 where there is no table, -1 where the newest cannot be read
 * @param problem why the state is bad; null if it is good
 */
record Inspection(long generation, @Nullable String problem) {
  /** States are copies in other directories; what is in them is compared, damaged or not. */
  private static final OpenOptions READING = OpenOptions.DEFAULT.withChecks(Checks.NEVER);

  /**
   * Opens every generation that is there, compares each with what {@code history} says, and
   * verifies.
   */
  static Inspection of(Path table, Life history) {
    List<Long> generations = TableStore.generations(table);
    if (generations.isEmpty()) {
      return new Inspection(0, null);
    }
    long newest = -1;
    try (Snapshot snapshot = TableStore.open(table, READING)) {
      newest = snapshot.generation();
      history.compare(snapshot);
      for (long older : generations.subList(1, generations.size())) {
        try (Snapshot other = TableStore.open(table, older, READING)) {
          history.compare(other);
        }
      }
      Verification verification = Verifier.verify(table);
      List<Finding> damage =
          verification.findings().stream()
              .filter(finding -> finding.kind() == Finding.Kind.DAMAGE)
              .toList();
      if (!damage.isEmpty()) {
        throw new IllegalStateException("verify: " + damage);
      }
      return new Inspection(newest, null);
    } catch (RuntimeException e) {
      return new Inspection(newest, e.toString());
    }
  }
}
