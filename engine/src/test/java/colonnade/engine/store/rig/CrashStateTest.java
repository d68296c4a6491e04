package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.WriteOptions;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.rig.InterposedStorage.Call;
import colonnade.error.ColonnadeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever part of what was not yet synced a power cut leaves, in whatever order it was written: a
 * table opens at a committed generation, not older than the last that was acknowledged.
 */
@Reliability
class CrashStateTest {
  private static final long SEED = Long.getLong("seed", 20_261_101);

  @TempDir(factory = RamDirectory.class)
  Path directory;

  /** The writes of a round and of the first generations of another. */
  @Test
  void everyStateOfALifeIsACommittedGeneration() throws IOException {
    History history = new History(5);
    RecordingStorage storage = new RecordingStorage();
    Path table = directory.resolve("table");
    while (History.newest(table) <= History.ROUND + 1) {
      history.step(table, WriteOptions.DEFAULT.withStorage(storage), storage::acknowledge);
    }
    CrashModel model = new CrashModel(directory.resolve("state"), history, 20);
    model.check(
        storage.events(), 0, Reliability.Form.of(150, 20_000), Reliability.Form.of(150, 300), SEED);
    report("a life of " + storage.events().size() + " changes", model);
    assertThat(model.failures()).isEmpty();
    assertThat(model.states()).isGreaterThanOrEqualTo(4_000);
  }

  /** Large enough for files of block statistics and of checksums, which grow too. */
  @Test
  void everyStateOfATableWithChecksumFilesIsACommittedGeneration() throws IOException {
    checkTwoCommits(new History(70_000, false), "two commits of more than a block");
  }

  /** Large enough for the statistics of blocks to be written anew. */
  @Test
  void everyStateOfATableWithChangedRowsInItsBlocksIsACommittedGeneration() throws IOException {
    checkTwoCommits(new History(70_000), "rows of more than a block, and patches of them");
  }

  private void checkTwoCommits(History history, String what) throws IOException {
    RecordingStorage storage = new RecordingStorage();
    Path table = directory.resolve("table");
    history.step(table, WriteOptions.DEFAULT.withStorage(storage), storage::acknowledge);
    int created = storage.events().size();
    history.step(table, WriteOptions.DEFAULT.withStorage(storage), storage::acknowledge);
    CrashModel model = new CrashModel(directory.resolve("state"), history, 1_000);
    int from = Reliability.Form.of(created, 0);
    model.check(
        storage.events(), from, Reliability.Form.of(1, 200), Reliability.Form.of(1, 200), SEED);
    report(what, model);
    assertThat(model.failures()).isEmpty();
  }

  /**
   * A writer dies at any of its calls, the next one cleans up and writes on, and the power goes
   * then.
   */
  @Test
  void everyStateAfterAKilledWriterAndItsSuccessorIsACommittedGeneration() throws IOException {
    History history = new History(5);
    CrashModel model = new CrashModel(directory.resolve("state"), history, 20);
    SplittableRandom random = new SplittableRandom(SEED);
    int kills = 0;
    for (int place = 0; place < History.ROUND; place++) {
      Path base = directory.resolve("base-" + place);
      history.lead(base, History.ROUND + place);
      for (long call = 1; ; call += Reliability.Form.of(30 + random.nextInt(180), 1)) {
        Path table = directory.resolve("table-" + place + "-" + call);
        History.copy(base, table);
        RecordingStorage storage = new RecordingStorage();
        storage.begin(table, History.newest(table));
        int from = storage.events().size();
        AtomicLong calls = new AtomicLong();
        long last = call;
        boolean died = stepUntilDead(history, table, storage, c -> calls.incrementAndGet() >= last);
        history.step(table, WriteOptions.DEFAULT.withStorage(storage), storage::acknowledge);
        model.check(
            storage.events(),
            from,
            Reliability.Form.of(5, 200),
            Reliability.Form.of(5, 200),
            SEED + call);
        kills++;
        if (!died) {
          break;
        }
      }
    }
    report(kills + " killed writers and their successors", model);
    assertThat(model.failures()).isEmpty();
  }

  /** A writer that dies while it collects has removed manifests, but not their files. */
  @Test
  void aManifestThatComesBackHasItsFiles() throws IOException {
    History history = new History(5);
    CrashModel model = new CrashModel(directory.resolve("state"), history, 20);
    for (int place = 0; place < History.ROUND; place++) {
      Path table = directory.resolve("table-" + place);
      history.lead(table, History.ROUND + place);
      RecordingStorage storage = new RecordingStorage();
      storage.begin(table, History.newest(table));
      int from = storage.events().size();
      stepUntilDead(
          history,
          table,
          storage,
          call -> call.is("unlink") && FileName.manifestGeneration(call.name()) >= 0);
      history.step(table, WriteOptions.DEFAULT.withStorage(storage), storage::acknowledge);
      model.check(
          storage.events(),
          from,
          Reliability.Form.of(5, 2_000),
          Reliability.Form.of(5, 2_000),
          SEED);
    }
    report("writers that died while they collected", model);
    assertThat(model.failures()).isEmpty();
  }

  /** One step, by a writer of which nothing comes after the call that {@code isLast} accepts. */
  private static boolean stepUntilDead(
      History history, Path table, RecordingStorage storage, Predicate<Call> isLast) {
    AtomicBoolean dead = new AtomicBoolean();
    InterposedStorage dying =
        new InterposedStorage(storage) {
          @Override
          protected <T extends @Nullable Object> T around(Call call, Action<T> action)
              throws IOException {
            if (dead.get() && !call.is("close")) {
              throw new IOException("the process is dead");
            }
            if (isLast.test(call)) {
              dead.set(true);
            }
            return action.run();
          }
        };
    try {
      // A dead process tells nobody what it committed.
      history.step(
          table,
          WriteOptions.DEFAULT.withStorage(dying),
          generation -> {
            if (!dead.get()) {
              storage.acknowledge(generation);
            }
          });
    } catch (ColonnadeException e) {
      // That it dies is the purpose.
    }
    return dead.get();
  }

  private static void report(String what, CrashModel model) {
    Reliability.Form.report(
        String.format(
            "%s: %,d states, %d bad, %d lost an acknowledged commit",
            what, model.states(), model.bad(), model.lost()));
  }
}
