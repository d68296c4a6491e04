package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.Verifier;
import colonnade.engine.store.WriteOptions;
import colonnade.engine.store.rig.FaultyStorage.Fault;
import colonnade.error.ColonnadeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commits and vacuums of keyed tables are all or nothing, whatever a power cut or an error does.
 */
@Reliability
class KeyedCrashTest {
  private static final long SEED = Long.getLong("seed", 20_261_101);

  private final KeyedLife life = new KeyedLife();
  private final List<String> problems = new ArrayList<>();

  @TempDir(factory = RamDirectory.class)
  Path directory;

  @Test
  void everyStateOfALifeIsACommittedGeneration() throws IOException {
    RecordingStorage storage = new RecordingStorage();
    Path table = directory.resolve("table");
    while (History.newest(table) <= KeyedLife.ROUND + 1) {
      life.step(table, WriteOptions.DEFAULT.withStorage(storage), storage::acknowledge);
    }
    CrashModel model = new CrashModel(directory.resolve("state"), life, 20);
    model.check(
        storage.events(), 0, Reliability.Form.of(15, 5_000), Reliability.Form.of(15, 300), SEED);
    Reliability.Form.report(
        String.format(
            "a keyed life of %d changes: %,d states, %d bad, %d lost an acknowledged commit",
            storage.events().size(), model.states(), model.bad(), model.lost()));
    assertThat(model.failures()).isEmpty();
    assertThat(model.states()).isGreaterThanOrEqualTo(200);
  }

  /** The states find a commit whose files were not synced: the index file is one of them. */
  @Test
  void aMistakeIsFound() throws IOException {
    RecordingStorage storage = new RecordingStorage();
    Mutant mutant = new Mutant(Mutant.Mistake.COLUMN_FILES_ARE_NOT_SYNCED, storage);
    Path table = directory.resolve("table");
    while (History.newest(table) < 3) {
      life.step(table, WriteOptions.DEFAULT.withStorage(mutant), storage::acknowledge);
    }
    CrashModel model = new CrashModel(directory.resolve("state"), life, Integer.MAX_VALUE);
    model.check(storage.events(), 0, 2, 2, SEED);
    assertThat(model.bad() + model.lost()).isPositive();
  }

  @Test
  void anyFailedCallLeavesTheOldOrTheNewState() throws IOException {
    int trials = 0;
    int tables = 0;
    for (int generation = 0; generation < KeyedLife.ROUND + 1; generation++) {
      Path base = directory.resolve("base-" + generation);
      while (History.newest(base) < generation) {
        life.step(base, WriteOptions.DEFAULT, committed -> {});
      }
      for (Fault fault : Fault.values()) {
        if (fault != Fault.EIO && !Reliability.Form.LONG) {
          continue;
        }
        boolean failed = true;
        for (long call = 1; failed; call += Reliability.Form.of(7, 1)) {
          failed = fails(base, generation, directory.resolve("table-" + tables++), fault, call);
          trials += failed ? 1 : 0;
        }
      }
    }
    Reliability.Form.report(
        String.format("keyed tables: %,d failures, %d bad", trials, problems.size()));
    assertThat(problems).isEmpty();
    assertThat(trials).isGreaterThan(50);
  }

  private boolean fails(Path base, long generation, Path table, Fault fault, long call)
      throws IOException {
    if (generation > 0) {
      History.copy(base, table);
    }
    FaultyStorage storage = new FaultyStorage(fault, call, false);
    List<Long> acknowledged = new ArrayList<>();
    String what = fault + " at call " + call + " after generation " + generation;
    try {
      life.step(table, WriteOptions.DEFAULT.withStorage(storage), acknowledged::add);
    } catch (ColonnadeException e) {
      what += ", " + e.getMessage();
    } catch (RuntimeException e) {
      problems.add(what + ": not a typed error: " + e);
    }
    if (storage.failed() == 0) {
      return false;
    }
    Inspection found = Inspection.of(table, life);
    long reached = acknowledged.isEmpty() ? generation : acknowledged.getLast();
    if (found.problem() != null
        || found.generation() < reached
        || found.generation() > generation + 1) {
      problems.add(what + ": " + found);
    }
    if (storage.openFiles() != 0 || storage.misuse() != null) {
      problems.add(what + ": " + storage.openFiles() + " files open, " + storage.misuse());
    }
    life.step(table, WriteOptions.DEFAULT, committed -> {});
    Inspection after = Inspection.of(table, life);
    if (after.problem() != null || !Verifier.verify(table).findings().isEmpty()) {
      problems.add(what + ", then " + after + " with " + Verifier.verify(table).findings());
    }
    return true;
  }
}
