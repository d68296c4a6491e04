package colonnade.cli.doctor;

import colonnade.Table;
import colonnade.engine.store.PhysicalMemory;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at what speed and safety of a table depend on. Changes nothing. */
public final class Doctor {
  private Doctor() {}

  /**
   * Looks at {@code place}, a directory that is or shall hold a table, and at this machine and JVM.
   *
   * @throws IOException if the place cannot be looked at
   */
  public static List<Advice> examine(Path place) throws IOException {
    return examine(place, SystemFiles.LOCAL);
  }

  static List<Advice> examine(Path place, SystemFiles files) throws IOException {
    List<Advice> all = new ArrayList<>();
    Path there = place.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    FileStore store = Files.getFileStore(there);
    Mount mount = Mount.of(there.toRealPath().toString(), files);
    all.addAll(
        FileSystemCheck.of(
            mount == null ? store.type() : mount.type(),
            mount == null ? List.of() : mount.options(),
            store.getUsableSpace(),
            store.getTotalSpace()));
    all.addAll(LimitCheck.of(files));
    long memory = PhysicalMemory.bytes();
    all.addAll(DirtyPageCheck.of(files, memory));
    all.addAll(MemoryCheck.of(files, memory, Runtime.getRuntime().maxMemory()));
    all.addAll(
        JvmCheck.of(
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
            Table.class.getModule().isNativeAccessEnabled()));
    return all;
  }
}
