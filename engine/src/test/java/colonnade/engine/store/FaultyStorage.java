package colonnade.engine.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The local storage, of which one operation fails once it is armed. */
final class FaultyStorage implements Storage {
  private final Storage local = Storage.local();
  private final String operation;
  private final String reason;
  private int failures;

  FaultyStorage(String operation, String reason) {
    this.operation = operation;
    this.reason = reason;
  }

  /** Lets the next call fail. */
  void arm() {
    failures = 1;
  }

  /** Lets every call fail from now on. */
  void armForEver() {
    failures = Integer.MAX_VALUE;
  }

  private synchronized void may(String name, Path file) throws IOException {
    if (name.equals(operation) && failures > 0) {
      failures--;
      throw new FileSystemException(file.toString(), null, reason);
    }
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    may("createDirectories", directory);
    local.createDirectories(directory);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    may("list", directory);
    return local.list(directory);
  }

  @Override
  public long length(Path file) throws IOException {
    may("length", file);
    return local.length(file);
  }

  @Override
  public @Nullable Object identity(Path file) throws IOException {
    may("identity", file);
    return local.identity(file);
  }

  @Override
  public StoredFile create(Path file) throws IOException {
    may("create", file);
    return new Faulty(file, local.create(file));
  }

  @Override
  public StoredFile openForWriting(Path file) throws IOException {
    may("openForWriting", file);
    return new Faulty(file, local.openForWriting(file));
  }

  @Override
  public StoredFile openForReading(Path file) throws IOException {
    may("openForReading", file);
    return new Faulty(file, local.openForReading(file));
  }

  @Override
  public MemorySegment map(Path file, long lengthBytes, Arena arena) throws IOException {
    may("map", file);
    return local.map(file, lengthBytes, arena);
  }

  @Override
  public void link(Path existing, Path newName) throws IOException {
    may("link", newName);
    local.link(existing, newName);
  }

  @Override
  public void rename(Path file, Path newName) throws IOException {
    may("rename", newName);
    local.rename(file, newName);
  }

  @Override
  public void unlink(Path file) throws IOException {
    may("unlink", file);
    local.unlink(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    may("syncDirectory", directory);
    local.syncDirectory(directory);
  }

  @Override
  public FileChannel openLock(Path file, boolean write, boolean create) throws IOException {
    may("openLock", file);
    return local.openLock(file, write, create);
  }

  private final class Faulty implements StoredFile {
    private final Path file;
    private final StoredFile stored;

    Faulty(Path file, StoredFile stored) {
      this.file = file;
      this.stored = stored;
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
      may("write", file);
      stored.write(source, offset);
    }

    @Override
    public void read(ByteBuffer target, long offset) throws IOException {
      may("read", file);
      stored.read(target, offset);
    }

    @Override
    public long length() throws IOException {
      return stored.length();
    }

    @Override
    public void truncate(long lengthBytes) throws IOException {
      may("truncate", file);
      stored.truncate(lengthBytes);
    }

    @Override
    public void sync() throws IOException {
      may("sync", file);
      stored.sync();
    }

    @Override
    public void close() throws IOException {
      stored.close();
    }
  }
}
