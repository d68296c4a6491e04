package colonnade.engine.store.rig;

import colonnade.engine.store.Verifier;
import colonnade.engine.store.WriteOptions;
import colonnade.engine.store.rig.CrashStates.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts crash states on a disk and lets the engine open them; each different one once. Used by one
 * thread.
 */
final class CrashModel {
  private final Path directory;
  private final Life history;
  private final int continueEvery;
  private final Map<String, Inspection> seen = new HashMap<>();
  private final Map<String, Bytes> onDisk = new HashMap<>();
  private final List<String> failures = new ArrayList<>();
  private long bad;
  private long lost;

  /**
   * A model without states yet.
   *
   * @param continueEvery of so many good states one is written on by a new writer
   */
  CrashModel(Path directory, Life history, int continueEvery) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.history = history;
    this.continueEvery = continueEvery;
  }

  /** The different states so far. */
  int states() {
    return seen.size();
  }

  /** Those whose newest generation is not whole, or is not what was written. */
  long bad() {
    return bad;
  }

  /** Those without a commit that had been acknowledged. */
  long lost() {
    return lost;
  }

  /** The first things that went wrong. */
  List<String> failures() {
    return failures;
  }

  /** Takes the states after each event from {@code from} on. */
  void check(List<DiskEvent> events, int from, int limit, int samples, long seed) {
    CrashStates.enumerate(events, from, limit, samples, seed, this::check);
  }

  /** A digest: there are too many states to keep them. */
  private static String key(Map<String, Bytes> state) {
    StringBuilder all = new StringBuilder();
    state.forEach((name, bytes) -> all.append(name).append(bytes.digest()));
    return new Bytes(all.toString().getBytes(StandardCharsets.US_ASCII)).digest();
  }

  private void check(Map<String, Bytes> state, long acknowledged) {
    String key = key(state);
    Inspection found = seen.get(key);
    if (found == null) {
      found = inspect(state);
      seen.put(key, found);
      if (found.problem() != null) {
        bad++;
        fail(found.problem(), state);
      }
    }
    if (found.generation() < acknowledged && found.problem() == null) {
      lost++;
      fail("generation " + acknowledged + " was acknowledged; opens at " + found, state);
    }
  }

  private void fail(String problem, Map<String, Bytes> state) {
    if (failures.size() < 5) {
      failures.add(problem + " in " + state.keySet());
    }
  }

  private Inspection inspect(Map<String, Bytes> state) {
    try {
      put(state);
      Inspection found = Inspection.of(directory, history);
      if (found.problem() == null && seen.size() % continueEvery == 0) {
        found = goOn(found);
      }
      return found;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Files with the same bytes stay; a file that differs is a new one. */
  private void put(Map<String, Bytes> state) throws IOException {
    for (String name : List.copyOf(onDisk.keySet())) {
      if (!onDisk.get(name).equals(state.get(name))) {
        Files.deleteIfExists(directory.resolve(name));
        onDisk.remove(name);
      }
    }
    for (Map.Entry<String, Bytes> file : state.entrySet()) {
      if (onDisk.putIfAbsent(file.getKey(), file.getValue()) == null) {
        Files.write(directory.resolve(file.getKey()), file.getValue().array());
      }
    }
  }

  /** A new writer must find its way, and leave nothing behind. */
  private Inspection goOn(Inspection found) throws IOException {
    try {
      history.step(directory, WriteOptions.DEFAULT, generation -> {});
      Inspection after = Inspection.of(directory, history);
      if (after.generation() <= found.generation() || after.problem() != null) {
        return new Inspection(found.generation(), "the next writer made of it " + after);
      }
      return Verifier.verify(directory).findings().isEmpty()
          ? found
          : new Inspection(
              found.generation(), "the next writer left " + Verifier.verify(directory).findings());
    } catch (RuntimeException e) {
      return new Inspection(found.generation(), "the next writer failed: " + e);
    } finally {
      try (var files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      onDisk.clear();
    }
  }
}
