package colonnade.engine.store;

import colonnade.engine.store.format.Home;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every operation on files that tables are made of, so that a test can record them, fail one or cut
 * the power between two. None follows a symbolic link in the last part of a path, and none waits on
 * a FIFO or device: those are refused as no regular file. Safe for all threads.
 */
public interface Storage {
  /** The file system of this machine. */
  static Storage local() {
    return LocalStorage.INSTANCE;
  }

  /**
   * The real path of a directory, which links may lead to.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing
   * @throws java.nio.file.NotDirectoryException if it is something else
   */
  Path realDirectory(Path directory) throws IOException;

  /**
   * Makes a directory and those above it that are missing, and makes their names durable, also that
   * of the directory itself where it was there: whoever made it may have died before he could.
   */
  void createDirectories(Path directory) throws IOException;

  /** The type of the file system that a directory is on, as the system calls it: {@code ext4}. */
  String fileSystemType(Path directory) throws IOException;

  /**
   * What tells this directory from a copy of it, wherever that is; empty where the system has no
   * such thing.
   */
  Optional<Home> home(Path directory) throws IOException;

  /** The names of what is in a directory, in no order. */
  List<String> list(Path directory) throws IOException;

  /**
   * The length of a regular file in bytes.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing
   * @throws NotRegularFileException if it is a link, a directory or something else
   */
  long length(Path file) throws IOException;

  /**
   * What tells this file from another that had or will have its path; null where the system has no
   * such thing.
   */
  @Nullable Object identity(Path file) throws IOException;

  /** Makes a new file and opens it for writing; fails if there is one. */
  StoredFile create(Path file) throws IOException;

  /** Opens a file that exists for reading and writing. */
  StoredFile openForWriting(Path file) throws IOException;

  /** Opens a file that exists for reading. */
  StoredFile openForReading(Path file) throws IOException;

  /**
   * Maps the first {@code lengthBytes} of a file for reading, for as long as {@code arena} lives.
   * The file is closed again at once. Never grows the file: it must be that long.
   */
  MemorySegment map(Path file, long lengthBytes, Arena arena) throws IOException;

  /**
   * Gives the file {@code existing} a second name, or fails if that name is taken; the one step
   * that decides who publishes a generation.
   *
   * @throws UnsupportedOperationException if the file system has no hard links
   */
  void link(Path existing, Path newName) throws IOException;

  /** Gives a file another name; fails if that name is taken, as far as the file system can tell. */
  void rename(Path file, Path newName) throws IOException;

  /** Removes a file's name; does nothing if it is not there. */
  void unlink(Path file) throws IOException;

  /** Makes the names in a directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /** Opens the file that a lock is taken on; makes it where {@code create} says so. */
  LockFile openLock(Path file, boolean write, boolean create) throws IOException;
}
