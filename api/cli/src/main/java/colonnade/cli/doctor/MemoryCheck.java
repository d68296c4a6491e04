package colonnade.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether heap and mapped columns have room beside each other. */
final class MemoryCheck {
  private MemoryCheck() {}

  /**
   * Looks at the memory.
   *
   * @param memoryBytes of the machine, or of the container if that has less
   * @param heapBytes the most that this JVM's heap takes
   */
  static List<Advice> of(SystemFiles files, long memoryBytes, long heapBytes) {
    List<Advice> all = new ArrayList<>();
    long machine = machineBytes(files);
    if (machine > memoryBytes) {
      all.add(
          Advice.note(
              "memory",
              Bytes.text(memoryBytes) + ", the container's part of " + Bytes.text(machine),
              "The pages of columns count as the container's; the system drops them when queries"
                  + " need the memory."));
    } else {
      all.add(Advice.ok("memory", Bytes.text(memoryBytes)));
    }
    String heap = Bytes.text(heapBytes) + " at most, of " + Bytes.text(memoryBytes);
    all.add(
        heapBytes <= memoryBytes / 2
            ? Advice.ok("heap", heap)
            : Advice.change(
                "heap",
                heap,
                "Columns and query memory lie outside the heap; leave them half: -Xmx"
                    + Math.max(64, (memoryBytes >> 20) / 4)
                    + "m."));
    if (files.number("/proc/sys/vm/overcommit_memory") == 2) {
      all.add(
          Advice.note(
              "overcommit",
              "forbidden",
              "Queries may be refused memory that is free: `sysctl -w vm.overcommit_memory=0`."));
    }
    String huge = files.read("/sys/kernel/mm/transparent_hugepage/enabled");
    if (huge != null && huge.contains("[never]")) {
      all.add(
          Advice.note(
              "huge pages",
              "off",
              "Joins and group-bys are faster with them:"
                  + " `echo madvise > /sys/kernel/mm/transparent_hugepage/enabled`."));
    }
    return all;
  }

  private static long machineBytes(SystemFiles files) {
    String info = files.read("/proc/meminfo");
    for (String line : info == null ? List.<String>of() : info.lines().toList()) {
      String[] words = line.split("\\s+");
      if (words.length >= 2 && words[0].equals("MemTotal:") && words[1].matches("\\d{1,15}")) {
        return Long.parseLong(words[1]) << 10;
      }
    }
    return 0;
  }
}
