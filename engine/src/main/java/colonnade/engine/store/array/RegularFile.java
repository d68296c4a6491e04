package colonnade.engine.store.array;

import colonnade.Mode;
import colonnade.error.ReadOnlyException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens array files, and only those: a link could lead anywhere, a pipe would hang at open, a
 * device has no length. Links among the parent directories are followed.
 */
final class RegularFile {
  private static final String NO_SPACE_REMEDY = " Free space, or choose another disk.";

  private RegularFile() {}

  /** Refuses what is there and no regular file; returns whether there is one. */
  static boolean exists(Path path) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw failure(path, "looked at", e);
    }
    if (attributes.isRegularFile()) {
      return true;
    }
    String kind =
        attributes.isSymbolicLink()
            ? "a symbolic link"
            : attributes.isDirectory() ? "a directory" : "a pipe, socket or device";
    throw new StorageException(
        path.toString(),
        path + " is " + kind,
        "Only regular files are mapped. Give the path of the file itself.");
  }

  /** Opens an existing file for reading, or for reading and writing. */
  static FileChannel open(Path path, boolean forWriting) {
    if (!exists(path)) {
      throw missing(path, null);
    }
    Set<OpenOption> options =
        forWriting
            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
            : Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      return FileChannel.open(path, options);
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    } catch (FileSystemException e) {
      if (forWriting && !Files.isWritable(path)) {
        throw new ReadOnlyException(
            path.toString(),
            path + " may not be written by this process",
            "Change the permissions of the file, or open it " + Mode.READ_ONLY + ".",
            e);
      }
      throw failure(path, "opened", e);
    } catch (IOException e) {
      throw failure(path, "opened", e);
    }
  }

  /**
   * What to throw when the system refuses an operation; {@code verb} as in "could not be opened".
   */
  static StorageException failure(Path path, String verb, IOException e) {
    String reason =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : String.valueOf(e.getMessage());
    String remedy =
        e instanceof AccessDeniedException
            ? "This process has no permission for it, or for the directory it is in."
            : "The system says: "
                + reason
                + "."
                + (reason.startsWith("No space") ? NO_SPACE_REMEDY : "");
    return new StorageException(path.toString(), path + " could not be " + verb, remedy, e);
  }

  private static StorageException missing(Path path, @Nullable IOException e) {
    return new StorageException(
        path.toString(),
        "no file " + path,
        "Check the path; MappedArray.create and Npy.create make new files.",
        e);
  }
}
