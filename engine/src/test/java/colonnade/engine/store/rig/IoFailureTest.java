package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.Repair;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.Verifier;
import colonnade.engine.store.WriteOptions;
import colonnade.engine.store.rig.FaultyStorage.Fault;
import colonnade.error.ColonnadeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each call on files that a write makes, every third in the short form, is failed, once and for
 * ever: the table is as it was or as it was to be, the error is a typed one, nothing stays open,
 * and the next writer works.
 */
@Reliability
class IoFailureTest {
  private final History history = new History(5);
  private final List<String> problems = new ArrayList<>();
  private int trials;

  @TempDir(factory = RamDirectory.class)
  Path directory;

  @ParameterizedTest
  @CsvSource({
    "create, 0",
    "change two rows, 1",
    "append with checkpoints, 2",
    "undo an append, 5",
    "add drop rename and retype columns, 6",
    "append where undone rows were, 7",
    "append to what an undo brought back, 9",
    "replace and collect, 10"
  })
  void leavesTheOldOrTheNewState(String operation, int generation) throws IOException {
    Path base = directory.resolve("base");
    if (generation > 0) {
      history.lead(base, generation);
    }
    for (Fault fault : Fault.values()) {
      for (boolean forEver : new boolean[] {false, true}) {
        if (forEver && fault != Fault.EIO && !Reliability.Form.LONG) {
          continue;
        }
        boolean failed = true;
        for (long call = 1; failed; call += Reliability.Form.of(3, 1)) {
          failed = fails(base, generation, new FaultyStorage(fault, call, forEver));
        }
      }
    }
    Reliability.Form.report(
        String.format("%s: %,d failures, %d bad", operation, trials, problems.size()));
    assertThat(problems).isEmpty();
  }

  private boolean fails(Path base, long generation, FaultyStorage storage) throws IOException {
    Path table = directory.resolve("table-" + trials++);
    if (generation > 0) {
      History.copy(base, table);
    }
    List<Long> acknowledged = new ArrayList<>();
    Exception error = null;
    try {
      history.step(table, WriteOptions.DEFAULT.withStorage(storage), acknowledged::add);
    } catch (ColonnadeException e) {
      error = e;
    } catch (RuntimeException e) {
      error = e;
      problem(e, "not a typed error");
    }
    if (storage.failed() == 0) {
      if (error != null) {
        problem(error, "an error without a cause");
      }
      delete(table);
      return false;
    }
    long reached = acknowledged.isEmpty() ? generation : acknowledged.getLast();
    Inspection found = Inspection.of(table, history);
    // What was decided but not acknowledged may be there.
    if (found.problem() != null
        || found.generation() < reached
        || found.generation() > reached + 1
        || error == null && found.generation() != reached) {
      problem(error, "acknowledged " + acknowledged + ", found " + found);
    }
    if (storage.openFiles() != 0 || open(table) != 0) {
      problem(error, storage.openFiles() + " files left open, mapped or open: " + open(table));
    }
    if (storage.misuse() != null) {
      problem(error, storage.misuse());
    }
    history.step(table, WriteOptions.DEFAULT, committed -> {});
    Inspection after = Inspection.of(table, history);
    if (after.problem() != null || !Verifier.verify(table).findings().isEmpty()) {
      problem(error, "then " + after + " with " + Verifier.verify(table).findings());
    }
    delete(table);
    return true;
  }

  @Test
  void leavesADamagedTableOrARepairedOne() throws IOException {
    Path base = directory.resolve("base");
    history.lead(base, 7);
    try (Stream<Path> files = Files.list(base);
        FileChannel amount =
            FileChannel.open(
                files.filter(f -> f.toString().matches(".*amount-7\\.[a-z]+\\d+")).findAny().get(),
                StandardOpenOption.WRITE)) {
      amount.truncate(1);
    }
    Content sound = history.content(6);
    for (boolean forEver : new boolean[] {false, true}) {
      for (long call = 1; ; call += Reliability.Form.of(3, 1)) {
        Path table = directory.resolve("table-" + trials++);
        History.copy(base, table);
        FaultyStorage storage = new FaultyStorage(Fault.EIO, call, forEver);
        try {
          Repair.repair(table, WriteOptions.DEFAULT.withStorage(storage));
        } catch (ColonnadeException e) {
          // Whether it had to be, the state says.
        }
        if (storage.openFiles() != 0 || open(table) != 0) {
          problem(null, storage.openFiles() + " files left open");
        }
        Repair.repair(table, WriteOptions.DEFAULT);
        try (Snapshot snapshot = TableStore.open(table)) {
          if (!Content.of(snapshot).equals(sound) || snapshot.generation() > 9) {
            problem(null, "repaired to generation " + snapshot.generation());
          }
        }
        if (!Verifier.verify(table).isSound()) {
          problem(null, Verifier.verify(table).findings().toString());
        }
        delete(table);
        if (storage.failed() == 0) {
          break;
        }
      }
    }
    Reliability.Form.report(
        String.format("repair: %,d failures, %d bad", trials - 2, problems.size()));
    assertThat(problems).isEmpty();
  }

  private void problem(Exception error, String problem) {
    if (problems.size() < 20) {
      problems.add("trial " + trials + ": " + problem + " after " + error);
    } else {
      problems.add("more");
    }
  }

  /** Descriptors and mappings of this process in a directory; 0 where the system does not say. */
  private static long open(Path table) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors) || !Files.isDirectory(table)) {
      return 0;
    }
    String inside = table.toRealPath() + "/";
    long open = 0;
    try (Stream<Path> all = Files.list(descriptors)) {
      for (Path descriptor : all.toList()) {
        try {
          open += Files.readSymbolicLink(descriptor).toString().startsWith(inside) ? 1 : 0;
        } catch (IOException e) {
          // It was that of the listing.
        }
      }
    }
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return open + maps.filter(line -> line.contains(inside)).count();
    }
  }

  private static void delete(Path table) throws IOException {
    if (Files.isDirectory(table)) {
      try (Stream<Path> files = Files.list(table)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(table);
    }
  }
}
