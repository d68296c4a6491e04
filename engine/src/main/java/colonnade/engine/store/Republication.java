package colonnade.engine.store;

import colonnade.OpenOptions;
import colonnade.Retention;
import colonnade.engine.store.format.Manifest;
import colonnade.error.GenerationGoneException;

/**
 * Publishes a generation that is there once more, under the next number: an undo, a return to an
 * older state, or another retention. No row is written; nothing that was committed is lost, because
 * the generation undone stays as long as the retention says. Cost: one manifest. Stateless.
 */
public final class Republication {
  private Republication() {}

  /**
   * Takes the newest commit back: the next generation is as the one before it was. A second undo
   * takes back the commit before that; an undo is itself taken back by {@link #restore}.
   *
   * @return the number of the generation that is back
   * @throws GenerationGoneException if there is none before, or it was collected
   */
  public static long undo(TableLock lock, WriteOptions options) {
    Manifest newest = newest(lock);
    if (newest.parent() == 0) {
      String name = lock.table().name();
      throw new GenerationGoneException(
          name + ", generation " + newest.generation(),
          "there is nothing before generation " + newest.generation() + " of " + name,
          "It is the first, or goes back to the first.");
    }
    publish(lock, options, newest.parent(), true);
    return newest.parent();
  }

  /**
   * Goes back, or forth, to a generation: the next one is as that one was. Undoing this leads to
   * the newest generation as it is now.
   *
   * @throws GenerationGoneException if there is none of this number, or it was collected
   */
  public static void restore(TableLock lock, long generation, WriteOptions options) {
    publish(lock, options, generation, false);
  }

  /** Keeps as many generations as {@code retention} says from now on. */
  public static void keep(TableLock lock, Retention retention, WriteOptions options) {
    try (WriteSession session =
        WriteSession.open(lock, false, options.withRetention(retention), 0, false)) {
      Manifest newest = session.committed();
      if (newest == null) {
        throw lock.table().notATable();
      }
      session.commit(session.again(newest, newest.parent(), "keep " + retention));
    }
  }

  private static Manifest newest(TableLock lock) {
    try (Snapshot snapshot = TableStore.open(lock.table())) {
      return snapshot.manifest();
    }
  }

  private static void publish(
      TableLock lock, WriteOptions options, long generation, boolean isUndo) {
    Manifest back;
    try (Snapshot snapshot =
        TableStore.openGeneration(lock.table(), generation, OpenOptions.DEFAULT)) {
      // Whose files nobody else can collect, as long as the lock is held.
      back = snapshot.manifest();
    }
    try (WriteSession session = WriteSession.open(lock, false, options, 0, false)) {
      long before = session.nextGeneration() - 1;
      session.commit(
          session.again(
              back,
              isUndo ? back.parent() : before,
              isUndo
                  ? "undo of generation " + before + ": generation " + generation
                  : "restore generation " + generation));
    }
  }
}
