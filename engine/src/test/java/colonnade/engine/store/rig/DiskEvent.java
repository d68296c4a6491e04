package colonnade.engine.store.rig;

/**
 * Something that a writer did to the directory of a table or to a file in it, in the order in which
 * it happened. Files are told apart by a number, since names come and go.
 */
sealed interface DiskEvent {
  /** A name in the directory begins to mean a file. */
  record Enter(String name, int file) implements DiskEvent {}

  /** A name is gone. */
  record Leave(String name) implements DiskEvent {}

  /** A file gets another name, in one step. */
  record Move(String from, String to, int file) implements DiskEvent {}

  /** Bytes are written; never changed afterwards. */
  record Write(int file, long offset, byte[] bytes) implements DiskEvent {}

  /** A file is cut. */
  record Cut(int file, long lengthBytes) implements DiskEvent {}

  /** Bytes and length of a file are durable. */
  record Sync(int file) implements DiskEvent {}

  /** All names are durable. */
  record SyncDirectory() implements DiskEvent {}

  /** The writer has been told that this generation is committed. */
  record Acknowledged(long generation) implements DiskEvent {}
}
