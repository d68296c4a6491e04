package colonnade.engine.store.rig;

import colonnade.engine.store.Storage;
import colonnade.engine.store.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The local storage; remembers what was written, and what was sent to the device before a sync.
 * Safe for all threads.
 */
public final class WatchingStorage extends InterposedStorage {
  private final List<Sent> sent = new ArrayList<>();
  private final List<Written> written = new ArrayList<>();

  /**
   * The bytes of a file before {@code end} were sent.
   *
   * @param length of the file at that time
   */
  public record Sent(String name, long end, long length) {}

  /** So many bytes of a file were written from {@code offset} on. */
  public record Written(String name, long offset, long length) {}

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
    ByteBuffer bytes = call.bytes();
    if (call.is("write") && bytes != null) {
      written.add(new Written(call.name(), call.number(), bytes.remaining()));
    }
    return action.run();
  }

  /** What was written of files with this extension, in the order of their bytes. */
  public synchronized List<Written> written(String extension) {
    return written.stream()
        .filter(write -> write.name().endsWith("." + extension))
        .sorted(Comparator.comparingLong(Written::offset))
        .toList();
  }

  /** What was sent of files with this extension. */
  public synchronized List<Sent> sent(String extension) {
    return sent.stream().filter(file -> file.name().endsWith("." + extension)).toList();
  }
}
