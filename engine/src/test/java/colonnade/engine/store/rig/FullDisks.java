package colonnade.engine.store.rig;

import colonnade.engine.store.Verifier;
import colonnade.engine.store.WriteOptions;
import colonnade.error.ReadOnlyException;
import colonnade.error.StorageException;
import colonnade.rig.MountSpace;
import colonnade.rig.MountedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The program of {@link FullDiskTest}: lets writers meet the end of the space of a tmpfs and of an
 * ext4, at any fill level, looks at the table on the full disk, frees the space, and lets the next
 * writer go on.
 */
final class FullDisks {
  private static final int MOST_BYTES_LEFT = 128 << 10;

  private final History history = new History(200);
  private final List<String> problems = new ArrayList<>();
  private final SplittableRandom random;

  /** The newest commit that was acknowledged. */
  private long acknowledged;

  private FullDisks(long seed) {
    random = new SplittableRandom(seed);
  }

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    List<MountedDisk> disks = new ArrayList<>();
    try {
      Path memory = MountedDisk.tmpfs(directory.resolve("memory"), 64 << 10).mount();
      disks.add(MountedDisk.tmpfs(memory.resolve("tmpfs"), 4 << 10));
      disks.add(MountedDisk.ext4(memory.resolve("image"), memory.resolve("ext4"), 12 << 10));
    } catch (IOException e) {
      MountSpace.impossible(e);
      return;
    }
    FullDisks rig = new FullDisks(Long.parseLong(args[2]));
    int trials = Integer.parseInt(args[1]);
    for (int i = 0; i < trials; i++) {
      rig.tryOne(i, disks.get(i % disks.size()));
    }
    for (MountedDisk disk : disks) {
      rig.refuseToWrite(disk);
    }
    System.out.printf(
        "%d full disks by turns of tmpfs and ext4, 2 read-only ones: %d bad%n",
        trials, rig.problems.size());
    rig.problems.stream().limit(20).forEach(System.out::println);
  }

  private void tryOne(int trial, MountedDisk disk) throws IOException {
    Path table = disk.mount().resolve("table");
    acknowledged = 0;
    int before = random.nextInt(2 * History.ROUND);
    while (acknowledged < before) {
      history.step(table, WriteOptions.DEFAULT, generation -> acknowledged = generation);
    }
    long bytesLeft = random.nextInt(MOST_BYTES_LEFT);
    disk.fill(bytesLeft);
    RuntimeException refusal = null;
    while (refusal == null) {
      try {
        history.step(table, WriteOptions.DEFAULT, generation -> acknowledged = generation);
        // It fitted: leave less.
        bytesLeft = Math.max(0, bytesLeft - (16 << 10));
        disk.fill(bytesLeft);
      } catch (RuntimeException e) {
        refusal = e;
      }
    }
    String problem = problemOf(refusal);
    problem = problem != null ? problem : look(table);
    disk.free();
    problem = problem != null ? problem : goOn(table);
    if (problem != null) {
      problems.add("trial " + trial + " on " + disk.mount().getFileName() + ": " + problem);
    }
    delete(table);
  }

  private static @Nullable String problemOf(RuntimeException refusal) {
    boolean expected =
        refusal instanceof StorageException e
            && String.valueOf(e.getMessage()).contains("No space left on device")
            && e.remedy().contains("Free some space");
    return expected ? null : "refused by " + refusal;
  }

  private @Nullable String look(Path table) {
    Inspection found = Inspection.of(table, history);
    return found.problem() != null || found.generation() < acknowledged
        ? "acknowledged " + acknowledged + ", " + found
        : null;
  }

  /** The next writer commits, and leaves nothing of what was not finished. */
  private @Nullable String goOn(Path table) {
    long last = History.newest(table);
    try {
      history.step(table, WriteOptions.DEFAULT, generation -> acknowledged = generation);
    } catch (RuntimeException e) {
      return "the next writer: " + e;
    }
    if (acknowledged <= last) {
      return "the next writer committed nothing";
    }
    String problem = look(table);
    return problem == null && !Verifier.verify(table).findings().isEmpty()
        ? "left over: " + Verifier.verify(table).findings()
        : problem;
  }

  private void refuseToWrite(MountedDisk disk) throws IOException {
    Path table = disk.mount().resolve("table");
    acknowledged = 0;
    history.step(table, WriteOptions.DEFAULT, generation -> acknowledged = generation);
    disk.makeReadOnly();
    String problem = "written on a read-only file system";
    try {
      history.step(table, WriteOptions.DEFAULT, generation -> {});
    } catch (ReadOnlyException e) {
      problem = look(table);
    } catch (RuntimeException e) {
      problem = "refused by " + e;
    }
    if (problem != null) {
      problems.add(disk.mount().getFileName() + ", read-only: " + problem);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
