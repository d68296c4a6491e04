package colonnade;

import static colonnade.DataType.F64;
import static colonnade.DataType.I32;
import static colonnade.DataType.I64;

import colonnade.rig.MountSpace;
import colonnade.rig.MountedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The program of {@link DeviceWritesTest}: ext4 on a loop device whose file lies in a tmpfs, and
 * what the kernel counts as written to that device. Must run in a mount name space of its own, as
 * root; the device is let go with its mount.
 */
final class DeviceWrites {
  private static final int SECTOR_BYTES = 512;
  private static final int FIELD_OF_WRITTEN_SECTORS = 6;

  private final Path mount;
  private final Path statistics;

  private DeviceWrites(Path mount) throws IOException {
    this.mount = mount;
    String device =
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
            .map(line -> line.split(" "))
            .filter(line -> line[1].equals(mount.toString()))
            .map(line -> Path.of(line[0]).getFileName().toString())
            .reduce((first, last) -> last)
            .orElseThrow();
    this.statistics = Path.of("/sys/block", device, "stat");
  }

  public static void main(String[] args) throws Exception {
    Path memory = Files.createDirectories(Path.of(args[0]).resolve("memory"));
    int rows = Integer.parseInt(args[2]);
    int changes = Integer.parseInt(args[3]);
    int commits = Integer.parseInt(args[4]);
    int megabytes = (int) (64 + rows * 160L / 1_000_000);
    DeviceWrites rig;
    try {
      MountedDisk.run(
          "mount",
          "-t",
          "tmpfs",
          "-o",
          "size=" + (megabytes + 50) + "m",
          "colonnade",
          memory.toString());
      Path image = memory.resolve("disk");
      MountedDisk.run("truncate", "-s", megabytes + "m", image.toString());
      MountedDisk.run(
          "mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", image.toString());
      Path mount = Files.createDirectory(memory.resolve("mount")).toRealPath();
      MountedDisk.run("mount", "-t", "ext4", "-o", "loop", image.toString(), mount.toString());
      rig = new DeviceWrites(mount);
    } catch (IOException e) {
      MountSpace.impossible(e);
      return;
    }
    switch (args[1]) {
      case "keyed" -> rig.keyed(rows, changes, commits);
      case "array" -> rig.array(rows, changes, commits);
      default -> throw new IllegalArgumentException(args[1]);
    }
  }

  /** A table of 16 bytes a row, and rows put at random. */
  private void keyed(int rows, int puts, int commits) throws IOException {
    Path path = mount.resolve("table");
    try (KeyedTable table = KeyedTable.create(path, Schema.of("k", I64, "v", F64), "k")) {
      long[] keys = new long[rows];
      double[] values = new double[rows];
      for (int i = 0; i < rows; i++) {
        keys[i] = key(i);
        values[i] = Math.sqrt(i);
      }
      table.putColumns(keys, values);
      table.commit();
    }
    long before = written();
    long start = System.nanoTime();
    SplittableRandom random = new SplittableRandom(7);
    try (KeyedTable table = KeyedTable.open(path, Mode.READ_WRITE)) {
      for (int i = 0; i < puts; i++) {
        table.put(key(random.nextInt(rows)), (double) -i);
        if ((i + 1) % (puts / commits) == 0) {
          table.commit();
        }
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long device = written() - before;
    try (KeyedTable table = KeyedTable.open(path)) {
      if (table.count() != rows || !table.verify().findings().isEmpty()) {
        throw new IllegalStateException(table + ": " + table.verify().findings());
      }
    }
    report("random puts of 16 bytes", "commit", rows * 16L, puts, commits, device, seconds);
  }

  /** An array of records of 20 bytes, and records stored at random. */
  private void array(int rows, int stores, int flushes) throws IOException {
    Path path = mount.resolve("array");
    try (MappedArray array = MappedArray.create(path, I32, rows, 5)) {
      array.fill(1L);
      array.flush();
    }
    long before = written();
    long start = System.nanoTime();
    SplittableRandom random = new SplittableRandom(7);
    try (MappedArray array = MappedArray.open(path, Mode.READ_WRITE, I32, rows, 5)) {
      int count = stores / flushes;
      for (int flush = 0; flush < flushes; flush++) {
        long[] indices = new long[5 * count];
        long[] values = new long[5 * count];
        for (int i = 0; i < count; i++) {
          int row = random.nextInt(rows);
          for (int j = 0; j < 5; j++) {
            indices[5 * i + j] = 5L * row + j;
            values[5 * i + j] = row;
          }
        }
        array.put(indices, values);
        array.flush();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long device = written() - before;
    report("scattered stores of 20 bytes", "flush", rows * 20L, stores, flushes, device, seconds);
  }

  private static void report(
      String what, String step, long bytes, int count, int steps, long device, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "%,d %s into %.1f MiB, %d %s: %.2f times its size to the device, %.1f s%n",
        count,
        what,
        bytes / 1048576.0,
        steps,
        step + (steps == 1 ? "" : step.endsWith("h") ? "es" : "s"),
        (double) device / bytes,
        seconds);
  }

  private static long key(int i) {
    return (i + 1) * 0x9e3779b97f4a7c15L;
  }

  /** Bytes that the device has been given, after all that waits was written. */
  private long written() throws IOException {
    MountedDisk.run("sync", "-f", mount.toString());
    String[] fields = Files.readString(statistics).strip().split(" +");
    return Long.parseLong(fields[FIELD_OF_WRITTEN_SECTORS]) * SECTOR_BYTES;
  }
}
