package colonnade.engine.store.rig;

import colonnade.engine.store.LockFile;
import colonnade.engine.store.Storage;
import colonnade.engine.store.StoredFile;
import colonnade.engine.store.format.Home;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A storage of which every call, also those on its open files, goes through {@link #around}: to be
 * recorded, to fail, or to be left out. As safe for threads as its subclass.
 */
public abstract class InterposedStorage implements Storage {
  private final Storage next;

  protected InterposedStorage(Storage next) {
    this.next = next;
  }

  /** What a call does when it is let through. */
  @FunctionalInterface
  protected interface Action<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** A call that returns nothing. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /**
   * A call.
   *
   * @param operation the name of the method
   * @param file the file or directory; of {@code link} and {@code rename} the new name
   * @param from of {@code link} and {@code rename} the old name
   * @param handle of a call on an open file, the file of the storage below
   * @param bytes what is written or where it is read to
   * @param number where it is written or read, the length it is cut to, or where what is sent to
   *     the device ends
   */
  public record Call(
      String operation,
      Path file,
      @Nullable Path from,
      @Nullable StoredFile handle,
      @Nullable ByteBuffer bytes,
      long number) {
    /** The last part of the file's path. */
    String name() {
      return String.valueOf(file.getFileName());
    }

    boolean is(String other) {
      return operation.equals(other);
    }
  }

  /** Lets a call through by running {@code action}, or does something else. */
  protected abstract <T extends @Nullable Object> T around(Call call, Action<T> action)
      throws IOException;

  private <T extends @Nullable Object> T around(String operation, Path file, Action<T> action)
      throws IOException {
    return around(new Call(operation, file, null, null, null, 0), action);
  }

  private void around(Call call, Step step) throws IOException {
    Action<@Nullable Object> action =
        () -> {
          step.run();
          return null;
        };
    around(call, action);
  }

  private static Call on(String operation, Path file) {
    return new Call(operation, file, null, null, null, 0);
  }

  @Override
  public Path realDirectory(Path directory) throws IOException {
    return around("realDirectory", directory, () -> next.realDirectory(directory));
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    around(on("createDirectories", directory), () -> next.createDirectories(directory));
  }

  @Override
  public String fileSystemType(Path directory) throws IOException {
    return around("fileSystemType", directory, () -> next.fileSystemType(directory));
  }

  @Override
  public Optional<Home> home(Path directory) throws IOException {
    return around("home", directory, () -> next.home(directory));
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return around("list", directory, () -> next.list(directory));
  }

  @Override
  public long length(Path file) throws IOException {
    return around("length", file, () -> next.length(file));
  }

  @Override
  public @Nullable Object identity(Path file) throws IOException {
    return around("identity", file, () -> next.identity(file));
  }

  @Override
  public StoredFile create(Path file) throws IOException {
    return new Handle(file, around("create", file, () -> next.create(file)));
  }

  @Override
  public StoredFile openForWriting(Path file) throws IOException {
    return new Handle(file, around("openForWriting", file, () -> next.openForWriting(file)));
  }

  @Override
  public StoredFile openForReading(Path file) throws IOException {
    return new Handle(file, around("openForReading", file, () -> next.openForReading(file)));
  }

  @Override
  public MemorySegment map(Path file, long lengthBytes, Arena arena) throws IOException {
    return around("map", file, () -> next.map(file, lengthBytes, arena));
  }

  @Override
  public void link(Path existing, Path newName) throws IOException {
    around(new Call("link", newName, existing, null, null, 0), () -> next.link(existing, newName));
  }

  @Override
  public void rename(Path file, Path newName) throws IOException {
    around(new Call("rename", newName, file, null, null, 0), () -> next.rename(file, newName));
  }

  @Override
  public void unlink(Path file) throws IOException {
    around(on("unlink", file), () -> next.unlink(file));
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    around(on("syncDirectory", directory), () -> next.syncDirectory(directory));
  }

  @Override
  public LockFile openLock(Path file, boolean write, boolean create) throws IOException {
    return new Handle(file, around("openLock", file, () -> next.openLock(file, write, create)));
  }

  private final class Handle implements LockFile {
    private final Path file;
    private final StoredFile handle;

    Handle(Path file, StoredFile handle) {
      this.file = file;
      this.handle = handle;
    }

    private Call on(String operation, @Nullable ByteBuffer bytes, long number) {
      return new Call(operation, file, null, handle, bytes, number);
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
      around(on("write", source, offset), () -> handle.write(source, offset));
    }

    @Override
    public void read(ByteBuffer target, long offset) throws IOException {
      around(on("read", target, offset), () -> handle.read(target, offset));
    }

    @Override
    public long length() throws IOException {
      return around(on("length", null, 0), handle::length);
    }

    @Override
    public void truncate(long lengthBytes) throws IOException {
      around(on("truncate", null, lengthBytes), () -> handle.truncate(lengthBytes));
    }

    @Override
    public void beginWriteBack(long end) throws IOException {
      around(on("beginWriteBack", null, end), () -> handle.beginWriteBack(end));
    }

    @Override
    public void sync() throws IOException {
      around(on("sync", null, 0), handle::sync);
    }

    @Override
    public boolean tryLock(boolean shared) throws IOException {
      return around(on("tryLock", null, 0), () -> ((LockFile) handle).tryLock(shared));
    }

    @Override
    public void close() throws IOException {
      around(on("close", null, 0), handle::close);
    }
  }
}
