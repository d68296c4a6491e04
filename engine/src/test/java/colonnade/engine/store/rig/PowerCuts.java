package colonnade.engine.store.rig;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import colonnade.engine.store.WriteOptions;
import colonnade.error.ColonnadeException;
import colonnade.rig.MountSpace;
import colonnade.rig.MountedDisk;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The program of {@link PowerCutTest}: mounts ext4 on a loop device whose file lies in a tmpfs,
 * lets a writer commit, shuts the file system down at any moment as if the power had gone, mounts
 * it again, which replays the journal, and looks at the table. Must run in a mount name space of
 * its own, as root. Changes nothing of the system: the loop device is let go with its mount.
 */
final class PowerCuts {
  /** {@code _IOR('X', 125, __u32)}, and the flag that leaves the journal unwritten. */
  private static final long FS_IOC_SHUTDOWN = 0x8004587DL;

  private static final int NO_LOG_FLUSH = 2;
  private static final int MAX_LIFE_MILLIS = 60;

  /** So many cuts hit one table; then a new one is made, in new directories. */
  private static final int CUTS_PER_TABLE = 10;

  private final Path image;
  private final Path mount;
  private final History history = new History(5);
  private final List<String> problems = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private long commits;

  private PowerCuts(Path image, Path mount) {
    this.image = image;
    this.mount = mount;
  }

  public static void main(String[] args) throws Exception {
    Path memory = Files.createDirectories(Path.of(args[0]).resolve("memory"));
    try {
      MountedDisk.run("mount", "-t", "tmpfs", "-o", "size=160m", "colonnade", memory.toString());
      Path image = memory.resolve("disk");
      MountedDisk.run("truncate", "-s", "128m", image.toString());
      MountedDisk.run("mkfs.ext4", "-q", image.toString());
      PowerCuts cuts = new PowerCuts(image, Files.createDirectory(memory.resolve("mount")));
      // A first life beside the disk loads the classes, so that the clock meets commits.
      cuts.history.lead(memory.resolve("warm"), 3 * History.ROUND);
      cuts.mount();
      cuts.cut(Integer.parseInt(args[1]), Long.parseLong(args[2]));
    } catch (IOException e) {
      MountSpace.impossible(e);
    }
  }

  private void cut(int cuts, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < cuts; i++) {
      Path table = mount.resolve("tables-" + i / CUTS_PER_TABLE).resolve("of").resolve("mine");
      if (i % CUTS_PER_TABLE == 0) {
        acknowledged.set(0);
      }
      long before = acknowledged.get();
      Thread writer = Thread.ofPlatform().start(() -> write(table));
      // Half of the cuts come at once, half after a commit, however slow the machine is.
      while (i % 2 == 1 && writer.isAlive() && acknowledged.get() == before) {
        Thread.sleep(1);
      }
      Thread.sleep(random.nextInt(MAX_LIFE_MILLIS + 1));
      shutDown();
      writer.join();
      unmount();
      mount();
      look(i, table);
    }
    unmount();
    System.out.printf(
        "%,d power cuts among %,d acknowledged commits: %d bad%n", cuts, commits, problems.size());
    problems.stream().limit(20).forEach(System.out::println);
  }

  private void write(Path table) {
    try {
      while (true) {
        history.step(
            table,
            WriteOptions.DEFAULT,
            generation -> {
              acknowledged.set(generation);
              commits++;
            });
      }
    } catch (ColonnadeException e) {
      // The power has gone.
    }
  }

  private void look(int cut, Path table) {
    long least = acknowledged.get();
    Inspection found = Inspection.of(table, history);
    if (found.problem() != null || found.generation() < least) {
      problems.add("cut " + cut + ": acknowledged " + least + ", " + found);
    }
  }

  private void mount() throws IOException {
    MountedDisk.run("mount", "-t", "ext4", "-o", "loop", image.toString(), mount.toString());
  }

  /** A file system that is still in use means that the writer has left something open. */
  private void unmount() throws IOException {
    MountedDisk.run("umount", mount.toString());
  }

  @SuppressWarnings("restricted") // started with native access
  private void shutDown() throws Exception {
    Linker linker = Linker.nativeLinker();
    MethodHandle open =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    MethodHandle ioctl =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("ioctl"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
            Linker.Option.firstVariadicArg(2));
    MethodHandle close =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment flags = arena.allocateFrom(JAVA_INT, NO_LOG_FLUSH);
      int directory = (int) open.invokeExact(arena.allocateFrom(mount.toString()), 0);
      int result = (int) ioctl.invokeExact(directory, FS_IOC_SHUTDOWN, flags);
      int closed = (int) close.invokeExact(directory);
      if (directory < 0 || result != 0 || closed != 0) {
        throw new IllegalStateException("ext4 cannot be shut down: " + result);
      }
    } catch (Exception e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a C function threw a checked exception", e);
    }
  }
}
