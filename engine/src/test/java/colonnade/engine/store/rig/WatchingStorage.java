package colonnade.engine.store.rig;

import colonnade.engine.store.Storage;
import colonnade.engine.store.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The local storage; remembers what was sent to the device before a sync. Safe for all threads. */
public final class WatchingStorage extends InterposedStorage {
  private final List<Sent> sent = new ArrayList<>();

  /**
   * The bytes of a file before {@code end} were sent.
   *
   * @param length of the file at that time
   */
  public record Sent(String name, long end, long length) {}

  /** Watches this machine's file system. */
  public WatchingStorage() {
    super(Storage.local());
  }

  @Override
  protected synchronized <T extends @Nullable Object> T around(Call call, Action<T> action)
      throws IOException {
    StoredFile file = call.handle();
    if (call.is("beginWriteBack") && file != null) {
      sent.add(new Sent(call.name(), call.number(), file.length()));
    }
    return action.run();
  }

  /** What was sent of files with this extension. */
  public synchronized List<Sent> sent(String extension) {
    return sent.stream().filter(file -> file.name().endsWith("." + extension)).toList();
  }
}
