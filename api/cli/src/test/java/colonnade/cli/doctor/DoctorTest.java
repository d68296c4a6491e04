package colonnade.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.cli.doctor.Advice.Level;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a machine is said, and what is right too. */
class DoctorTest {
  private static final long GIB = 1L << 30;

  private final Map<String, String> files =
      new HashMap<>(
          Map.of(
              "/proc/self/limits",
              """
              Limit                     Soft Limit           Hard Limit           Units
              Max file size             unlimited            unlimited            bytes
              Max open files            524288               524288               files
              Max address space         unlimited            unlimited            bytes
              """,
              "/proc/sys/vm/max_map_count",
              "65530\n",
              "/proc/sys/vm/dirty_bytes",
              "0\n",
              "/proc/sys/vm/dirty_ratio",
              "20\n",
              "/proc/sys/vm/dirty_background_bytes",
              "0\n",
              "/proc/sys/vm/dirty_background_ratio",
              "10\n",
              "/proc/sys/vm/overcommit_memory",
              "0\n",
              "/proc/meminfo",
              "MemTotal:        4194304 kB\nMemFree: 1 kB\n",
              "/sys/kernel/mm/transparent_hugepage/enabled",
              "always [madvise] never\n"));

  @Test
  void findsNothingToChangeOnAMachineThatIsFine() {
    assertThat(machine(4 * GIB, GIB)).extracting(Advice::level).containsOnly(Level.OK);
  }

  @Test
  void readsTheNumbersOfThisMachineWhole() throws IOException {
    Path setting = Path.of("/proc/sys/vm/max_map_count");
    assumeTrue(Files.isReadable(setting), "only Linux tells its settings in files");
    String whole;
    try (RandomAccessFile file = new RandomAccessFile(setting.toFile(), "r")) {
      byte[] bytes = new byte[100];
      whole = new String(bytes, 0, file.read(bytes), StandardCharsets.US_ASCII).strip();
    }
    assertThat(SystemFiles.LOCAL.number(setting.toString())).isEqualTo(Long.parseLong(whole));
  }

  @Test
  void namesLimitsThatManyTablesMeet() {
    files.put(
        "/proc/self/limits",
        """
        Max file size             1048576              unlimited            bytes
        Max open files            256                  524288               files
        Max address space         1073741824           unlimited            bytes
        """);
    files.put("/proc/sys/vm/max_map_count", "20000");
    assertThat(changes(LimitCheck.of(files::get)))
        .containsOnlyKeys("open files", "address space", "size of a file", "mappings");
    assertThat(changes(LimitCheck.of(files::get)))
        .containsEntry(
            "mappings", "`sysctl -w vm.max_map_count=65536`, or -Dcolonnade.maxMappings=10000.");
  }

  @Test
  void saysHowLongACommitMayWaitForDirtyPages() {
    assertThat(DirtyPageCheck.of(files::get, 64 * GIB))
        .singleElement()
        .satisfies(advice -> {
          assertThat(advice.level()).isEqualTo(Level.NOTE);
          assertThat(advice.found())
              .isEqualTo("written back from 6.4 GiB on, writers wait at 12.8 GiB");
        });
    files.put("/proc/sys/vm/dirty_bytes", "1000000");
    assertThat(changes(DirtyPageCheck.of(files::get, 64 * GIB))).containsKey("dirty pages");
  }

  @Test
  void seesAContainerAndAHeapThatLeavesNoRoom() {
    List<Advice> found = MemoryCheck.of(files::get, GIB, GIB - 1);
    assertThat(found.getFirst().found()).isEqualTo("1.0 GiB, the container's part of 4.0 GiB");
    assertThat(changes(found).get("heap")).contains("-Xmx256m");
    files.put("/proc/sys/vm/overcommit_memory", "2");
    files.put("/sys/kernel/mm/transparent_hugepage/enabled", "always madvise [never]");
    assertThat(MemoryCheck.of(files::get, GIB, 0))
        .extracting(Advice::subject)
        .contains("overcommit", "huge pages");
  }

  @Test
  void tellsFileSystemsApart() {
    assertThat(type("nfs4")).isEqualTo(Level.CHANGE);
    assertThat(type("fuse.sshfs")).isEqualTo(Level.CHANGE);
    assertThat(type("vfat")).isEqualTo(Level.CHANGE);
    assertThat(type("tmpfs")).isEqualTo(Level.NOTE);
    assertThat(type("overlay")).isEqualTo(Level.NOTE);
    assertThat(type("xfs")).isEqualTo(Level.OK);
    assertThat(changes(FileSystemCheck.of("ext4", List.of("ro", "barrier=0"), GIB / 2, GIB)))
        .containsOnlyKeys("mount", "space");
  }

  @Test
  void findsTheMountThatHoldsAPlace() {
    files.put(
        "/proc/self/mountinfo",
        """
        1 0 8:1 / / rw,relatime shared:1 - ext4 /dev/a rw,errors=remount-ro
        2 1 0:5 / /data rw shared:2 - xfs /dev/b rw,inode64
        3 1 0:6 / /data\\040base ro,nosuid - nfs4 server:/x rw,vers=4.2
        4 1 0:7 / /data rw - btrfs /dev/c rw
        garbage
        """);
    assertThat(Mount.of("/data/t", files::get))
        .isEqualTo(new Mount("/data", "btrfs", List.of("rw", "rw")));
    assertThat(Mount.of("/data base/t", files::get).options()).contains("ro", "vers=4.2");
    assertThat(Mount.of("/database", files::get).type()).isEqualTo("ext4");
    assertThat(Mount.of("/x", _ -> null)).isNull();
  }

  @Test
  void asksForFlagsThatAreMissing() {
    assertThat(JvmCheck.of(true, true)).extracting(Advice::level).containsOnly(Level.OK);
    assertThat(changes(JvmCheck.of(false, false))).containsOnlyKeys("SIMD", "native access");
  }

  @Test
  void looksAtThisMachineAndAtPlacesThatAreNotThereYet(@TempDir Path folder) throws IOException {
    assertThat(Doctor.examine(folder.resolve("not").resolve("yet")))
        .extracting(Advice::subject)
        .contains("file system", "space", "memory", "heap", "SIMD");
    assertThat(Doctor.examine(folder, _ -> null)).isNotEmpty();
  }

  private List<Advice> machine(long memoryBytes, long heapBytes) {
    List<Advice> all = new java.util.ArrayList<>(LimitCheck.of(files::get));
    all.addAll(DirtyPageCheck.of(files::get, memoryBytes));
    all.addAll(MemoryCheck.of(files::get, memoryBytes, heapBytes));
    all.addAll(FileSystemCheck.of("ext4", List.of("rw"), 100 * GIB, 200 * GIB));
    return all;
  }

  private static Level type(String type) {
    return FileSystemCheck.of(type, List.of("rw"), 100 * GIB, 200 * GIB).getFirst().level();
  }

  private static Map<String, String> changes(List<Advice> all) {
    Map<String, String> changes = new HashMap<>();
    for (Advice advice : all) {
      if (advice.level() == Level.CHANGE) {
        changes.put(advice.subject(), advice.remedy());
      }
    }
    return changes;
  }
}
