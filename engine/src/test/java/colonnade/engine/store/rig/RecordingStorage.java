package colonnade.engine.store.rig;

import colonnade.engine.store.Storage;
import colonnade.engine.store.StoredFile;
import colonnade.engine.store.format.FileName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The local storage, of which every change to one table's directory is written down in order. The
 * directory itself counts as durable, since making it is one call; what stands in the file LOCK is
 * for messages only, and left out. Safe for all threads.
 */
final class RecordingStorage extends InterposedStorage {
  private final List<DiskEvent> events = new ArrayList<>();
  private final Map<String, Integer> files = new HashMap<>();
  private final Map<StoredFile, Integer> handles = new IdentityHashMap<>();
  private int nextFile;

  RecordingStorage() {
    super(Storage.local());
  }

  /**
   * As if the files of a table had all been written and synced, and its generation acknowledged.
   */
  void begin(Path table, long generation) throws IOException {
    try (Stream<Path> existing = Files.list(table)) {
      for (Path file : existing.toList()) {
        byte[] bytes = file.endsWith(FileName.LOCK) ? new byte[0] : Files.readAllBytes(file);
        int number = nextFile++;
        enter(file.getFileName().toString(), number);
        events.add(new DiskEvent.Write(number, 0, bytes));
        events.add(new DiskEvent.Sync(number));
      }
    }
    events.add(new DiskEvent.SyncDirectory());
    acknowledge(generation);
  }

  /** What happened so far; a copy. */
  synchronized List<DiskEvent> events() {
    return List.copyOf(events);
  }

  /** Writes down that a commit has returned. */
  synchronized void acknowledge(long generation) {
    events.add(new DiskEvent.Acknowledged(generation));
  }

  @Override
  protected synchronized <T extends @Nullable Object> T around(Call call, Action<T> action)
      throws IOException {
    String name = call.name();
    Integer known = files.get(name);
    byte[] bytes = call.is("write") ? copy(call.bytes()) : new byte[0];
    T result = action.run();
    if (name.equals(FileName.LOCK)) {
      if (known == null && call.is("openLock")) {
        enter(name, nextFile++);
      }
      return result;
    }
    switch (call.operation()) {
      case "create" -> {
        handles.put((StoredFile) result, nextFile);
        enter(name, nextFile++);
      }
      case "openForWriting" -> handles.put((StoredFile) result, known);
      case "link" -> enter(name, files.get(call.from().getFileName().toString()));
      case "rename" -> {
        String from = call.from().getFileName().toString();
        int file = files.remove(from);
        files.put(name, file);
        events.add(new DiskEvent.Move(from, name, file));
      }
      case "unlink" -> {
        if (known != null) {
          files.remove(name);
          events.add(new DiskEvent.Leave(name));
        }
      }
      case "write" -> events.add(new DiskEvent.Write(file(call), call.number(), bytes));
      case "truncate" -> events.add(new DiskEvent.Cut(file(call), call.number()));
      case "sync" -> events.add(new DiskEvent.Sync(file(call)));
      case "close" -> handles.remove(call.handle());
      case "syncDirectory" -> events.add(new DiskEvent.SyncDirectory());
      default -> {}
    }
    return result;
  }

  private void enter(String name, int file) {
    files.put(name, file);
    events.add(new DiskEvent.Enter(name, file));
  }

  private int file(Call call) {
    return handles.get(call.handle());
  }

  private static byte[] copy(@Nullable ByteBuffer source) {
    byte[] bytes = new byte[source.remaining()];
    source.duplicate().get(bytes);
    return bytes;
  }
}
