package colonnade.engine.store;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The memory of the machine, or of the container the process runs in. */
public final class PhysicalMemory {
  /** Asked once: the system reads files for the answer. */
  private static final long BYTES = ask();

  private PhysicalMemory() {}

  /** Its bytes. */
  public static long bytes() {
    return BYTES;
  }

  private static long ask() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Math.max(Runtime.getRuntime().maxMemory(), 1L << 30);
  }
}
