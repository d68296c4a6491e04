package colonnade.engine.store;

import colonnade.engine.store.format.Home;
import colonnade.engine.store.format.Manifest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Takes a table in that was copied from elsewhere: reads all of it, and if every byte is what was
 * written, publishes its newest generation once more as one of this directory, so that it is read
 * like what was written here. Older generations stay what they are. Never done unasked. Cost:
 * reading the table in full, and one manifest.
 */
public final class Adoption {
  private Adoption() {}

  /**
   * What was done.
   *
   * @param verification what was found
   * @param published the number of the new generation; 0 where nothing was published, because
   *     something is damaged, the table is of this directory already, or the system cannot tell
   *     directories apart
   */
  public record Outcome(Verification verification, long published) {}

  /**
   * Adopts the table in {@code directory}.
   *
   * @throws colonnade.error.NotATableException if there is no table
   * @throws colonnade.error.LockedException if another writer has the table
   * @throws colonnade.error.ReadOnlyException if the directory cannot be written
   */
  public static Outcome adopt(Path directory, WriteOptions options) {
    TableDirectory table = TableDirectory.of(directory, options.storage());
    if (table.generations().isEmpty()) {
      throw table.notATable();
    }
    try (TableLock lock = TableLock.acquire(table)) {
      return adopt(lock, options);
    }
  }

  /** As {@link #adopt(Path, WriteOptions)}, with a lock that stays the caller's. */
  public static Outcome adopt(TableLock lock, WriteOptions options) {
    Verification verification = Verifier.verify(lock.table());
    if (!verification.isSound()) {
      return new Outcome(verification, 0);
    }
    try (WriteSession session = WriteSession.open(lock, false, options, 0, false)) {
      Manifest newest = session.committed();
      if (newest == null) {
        throw lock.table().notATable();
      }
      Optional<Home> here = session.here();
      if (here.isEmpty() || newest.home().filter(here.get()::isSame).isPresent()) {
        return new Outcome(verification, 0);
      }
      Manifest adopted = session.again(newest, newest.generation(), "adopt").withHome(here);
      session.commit(adopted);
      return new Outcome(verification, adopted.generation());
    }
  }
}
