package colonnade.engine.store;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine is called. Looked up once, at the first lock. */
final class HostName {
  static final String NAME = name();

  private HostName() {}

  private static String name() {
    try {
      Path linux = Path.of("/proc/sys/kernel/hostname");
      return Files.exists(linux)
          ? Files.readString(linux).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
