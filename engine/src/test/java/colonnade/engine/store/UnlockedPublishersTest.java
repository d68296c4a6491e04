package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.observe.WriteCount;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.rig.RamDirectory;
import colonnade.engine.store.rig.Reliability;
import colonnade.error.LockedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Even where no lock keeps them apart, two writers never both believe that they published. */
@Reliability
class UnlockedPublishersTest {
  @TempDir(factory = RamDirectory.class)
  Path directory;

  @Test
  void oneOfTwoPublishersWins() throws Exception {
    int generations = Reliability.Form.of(500, 20_000);
    TableDirectory table = TableDirectory.of(directory, Storage.local());
    CyclicBarrier start = new CyclicBarrier(2);
    int[] wins = new int[2];
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (long generation = 1; generation <= generations; generation++) {
        List<Future<Boolean>> publishers = new ArrayList<>();
        for (int publisher = 0; publisher < 2; publisher++) {
          Manifest manifest = manifest(generation, publisher);
          publishers.add(threads.submit((Callable<Boolean>) () -> publish(start, table, manifest)));
        }
        boolean first = publishers.get(0).get();
        assertThat(publishers.get(1).get()).as("generation " + generation).isNotEqualTo(first);
        int winner = first ? 0 : 1;
        wins[winner]++;
        try (Snapshot snapshot = TableStore.open(directory)) {
          assertThat(snapshot.manifest()).isEqualTo(manifest(generation, winner));
        }
        GenerationPin.removeUnlessHeld(
            Storage.local(), table.file(FileName.manifest(generation - 1)));
      }
    }
    try (var left = Files.list(directory)) {
      assertThat(left).hasSize(1);
    }
    Reliability.Form.report(
        String.format(
            "%,d generations and two publishers without a lock: %,d and %,d wins, 0 double",
            generations, wins[0], wins[1]));
  }

  private static Manifest manifest(long generation, int publisher) {
    return new Manifest(
        generation, generation - 1, 0, Instant.EPOCH.plusSeconds(publisher), 0, List.of());
  }

  private static boolean publish(CyclicBarrier start, TableDirectory table, Manifest manifest)
      throws Exception {
    start.await();
    try {
      Publication.publish(table, manifest, new WriteCount().file());
      return true;
    } catch (LockedException e) {
      return false;
    }
  }
}
