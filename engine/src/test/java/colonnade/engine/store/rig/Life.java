package colonnade.engine.store.rig;

import colonnade.engine.store.Snapshot;
import colonnade.engine.store.WriteOptions;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** A life that a table can lead, in which what a generation holds follows from its number. */
interface Life {
  /**
   * Leads the table on with one writer, by a generation or a few.
   *
   * @param acknowledged is told of each generation right after its commit has returned
   */
  void step(Path table, WriteOptions options, LongConsumer acknowledged);

  /**
   * Compares a generation with what it must hold.
   *
   * @throws RuntimeException if it holds something else
   */
  void compare(Snapshot snapshot);
}
