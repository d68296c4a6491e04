package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.WriteOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers open the newest generation again and again while a writer commits; none ever fails. */
@Reliability
class SnapshotOpensTest {
  private static final int READERS = 3;

  @TempDir(factory = RamDirectory.class)
  Path directory;

  @Test
  void opensASnapshotAtAnyMomentOfACommit() throws Exception {
    Path table = directory.resolve("table");
    History history = new History(5);
    history.lead(table, 1);
    long wanted = Reliability.Form.of(6_000, 1_000_000);
    AtomicLong opened = new AtomicLong();
    AtomicLong newest = new AtomicLong(1);
    long commits = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(
            threads.submit(() -> {
              long before = 0;
              for (long n = opened.getAndIncrement(); n < wanted; n = opened.getAndIncrement()) {
                long acknowledged = newest.get();
                before = open(table, history, Math.max(before, acknowledged), n % 16 == 0);
              }
            }));
      }
      while (readers.stream().anyMatch(reader -> !reader.isDone())) {
        history.step(table, WriteOptions.DEFAULT, newest::set);
        commits++;
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
    Reliability.Form.report(
        String.format(
            "%,d snapshots opened beside a writer of %,d generations in %,d steps: 0 failures",
            wanted, newest.get(), commits));
    assertThat(newest.get()).isGreaterThan(History.ROUND);
    history.step(table, WriteOptions.DEFAULT, newest::set);
    assertThat(TableStore.generations(table)).hasSize(2);
  }

  /** Opens the newest generation, which is not older than {@code least}; may look into it. */
  private static long open(Path table, History history, long least, boolean inFull) {
    try (Snapshot snapshot = TableStore.open(table)) {
      if (snapshot.generation() < least) {
        throw new AssertionError("generation " + snapshot.generation() + " after " + least);
      }
      if (snapshot.rowCount() == 0) {
        throw new AssertionError("no rows in generation " + snapshot.generation());
      }
      if (inFull && snapshot.rowCount() != Content.of(snapshot).rowCount()) {
        throw new AssertionError("not all rows of generation " + snapshot.generation());
      }
      return snapshot.generation();
    }
  }
}
