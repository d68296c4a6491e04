package colonnade.engine.store;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A path that is a link, a directory, a FIFO or a device where a table has a regular file. */
public final class NotRegularFileException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  /** The error for this path. */
  public NotRegularFileException(Path file) {
    super(file.toString(), null, "not a regular file");
  }
}
