package colonnade.engine.store;

import colonnade.engine.store.format.Home;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@link Storage} on the file system of this machine. */
final class LocalStorage implements Storage {
  static final LocalStorage INSTANCE = new LocalStorage();

  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private LocalStorage() {}

  @Override
  public Path realDirectory(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!Files.isDirectory(real)) {
      throw new NotDirectoryException(directory.toString());
    }
    return real;
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (Files.isDirectory(directory)) {
      syncIfReadable(parent);
      return;
    }
    if (parent != null) {
      createDirectories(parent);
    }
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
    if (parent != null) {
      syncDirectory(parent);
    }
  }

  /** A directory above a user's own may be closed to him; whoever made it was not. */
  private void syncIfReadable(@Nullable Path directory) throws IOException {
    if (directory != null && Files.isReadable(directory)) {
      syncDirectory(directory);
    }
  }

  @Override
  public String fileSystemType(Path directory) throws IOException {
    return Files.getFileStore(directory).type();
  }

  @Override
  public Optional<Home> home(Path directory) throws IOException {
    Map<String, Object> found;
    try {
      found = Files.readAttributes(directory, "unix:ino,creationTime,lastModifiedTime");
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
    if (!(found.get("ino") instanceof Long inode)
        || !(found.get("creationTime") instanceof FileTime born)) {
      return Optional.empty();
    }
    // Where a file system does not say when a directory was made, Java says when it was changed.
    boolean isKnown = !born.equals(found.get("lastModifiedTime"));
    return Optional.of(
        new Home(
            inode,
            isKnown ? OptionalLong.of(born.to(TimeUnit.NANOSECONDS)) : OptionalLong.empty()));
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  @Override
  public long length(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new NotRegularFileException(file);
    }
    return attributes.size();
  }

  @Override
  public @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  @Override
  public StoredFile create(Path file) throws IOException {
    return new OpenFile(file, createNew(file));
  }

  private static FileChannel createNew(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public StoredFile openForWriting(Path file) throws IOException {
    return new OpenFile(file, open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public StoredFile openForReading(Path file) throws IOException {
    return new OpenFile(file, open(file, StandardOpenOption.READ));
  }

  @Override
  public MemorySegment map(Path file, long lengthBytes, Arena arena) throws IOException {
    try (FileChannel channel = open(file, StandardOpenOption.READ)) {
      if (channel.size() < lengthBytes) {
        throw new EOFException(file + " is shorter than " + lengthBytes + " bytes");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, lengthBytes, arena);
    }
  }

  @Override
  public void link(Path existing, Path newName) throws IOException {
    Files.createLink(newName, existing);
  }

  @Override
  public void rename(Path file, Path newName) throws IOException {
    Files.move(file, newName);
  }

  @Override
  public void unlink(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows cannot open directories, and makes names durable by itself.
      if (!WINDOWS) {
        throw e;
      }
    }
  }

  @Override
  public LockFile openLock(Path file, boolean write, boolean create) throws IOException {
    if (create) {
      try {
        createNew(file).close();
      } catch (FileAlreadyExistsException e) {
        // It was there, or came just now: open that one, with the checks below.
      }
    }
    StandardOpenOption[] options =
        write
            ? new StandardOpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE}
            : new StandardOpenOption[] {StandardOpenOption.READ};
    if (!OpenFileLock.isAvailable()) {
      return new OpenFile(file, open(file, options));
    }
    length(file);
    OpenFileLock lock = OpenFileLock.open(file, write);
    try {
      return new OpenFile(file, FileChannel.open(lock.openFile(), options), lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Looks before it opens, because opening a FIFO waits for its other end. */
  private FileChannel open(Path file, StandardOpenOption... options) throws IOException {
    length(file);
    OpenOption[] all = new OpenOption[options.length + 1];
    System.arraycopy(options, 0, all, 0, options.length);
    all[options.length] = LinkOption.NOFOLLOW_LINKS;
    return FileChannel.open(file, all);
  }

  private record OpenFile(Path path, FileChannel channel, @Nullable OpenFileLock lock)
      implements LockFile {
    OpenFile(Path path, FileChannel channel) {
      this(path, channel, null);
    }

    @Override
    public boolean tryLock(boolean shared) throws IOException {
      return lock != null
          ? lock.tryLock(shared)
          : channel.tryLock(0, Long.MAX_VALUE, shared) != null;
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
      long at = offset;
      while (source.hasRemaining()) {
        at += channel.write(source, at);
      }
    }

    @Override
    public void read(ByteBuffer target, long offset) throws IOException {
      long at = offset;
      while (target.hasRemaining()) {
        int n = channel.read(target, at);
        if (n < 0) {
          throw new EOFException("the file ends at byte " + channel.size());
        }
        at += n;
      }
    }

    @Override
    public long length() throws IOException {
      return channel.size();
    }

    @Override
    public void truncate(long lengthBytes) throws IOException {
      channel.truncate(lengthBytes);
    }

    @Override
    public void beginWriteBack(long end) {
      WriteBack.begin(path, end);
    }

    @Override
    public void sync() throws IOException {
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      try {
        channel.close();
      } finally {
        if (lock != null) {
          lock.close();
        }
      }
    }
  }
}
