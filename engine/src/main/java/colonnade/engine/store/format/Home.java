package colonnade.engine.store.format;

import java.util.OptionalLong;

/**
 * Which directory a table was written in: what tells it from a copy of it, on whatever file system.
 * Renaming the directory, or one above it, keeps it; copying, unpacking and restoring do not. An
 * immutable value.
 *
 * @param inode the number of the directory in its file system; used again after it was removed
 * @param bornNanos when the directory was made, in nanoseconds since 1970; empty where the file
 *     system does not say, or not yet
 */
public record Home(long inode, OptionalLong bornNanos) {
  /** Whether both are the same directory, as far as both say. */
  public boolean isSame(Home other) {
    return inode == other.inode
        && (bornNanos.isEmpty()
            || other.bornNanos.isEmpty()
            || bornNanos.getAsLong() == other.bornNanos.getAsLong());
  }
}
