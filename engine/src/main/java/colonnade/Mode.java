package colonnade;

/**
 * How a table or mapped array is opened; {@code src/docs/format.md} has what each creates, reads,
 * writes and keeps.
 */
public enum Mode {
  /** Must exist; reads; every write is refused. numpy's {@code r}. */
  READ_ONLY,
  /** Must exist; reads and writes; a commit keeps what was written. numpy's {@code r+}. */
  READ_WRITE,
  /**
   * Creates, replacing what was there at the first commit; reads and writes. numpy's {@code w+}.
   */
  CREATE,
  /**
   * Must exist; reads and writes in this process alone; nothing is ever kept. numpy's {@code c}.
   */
  COPY_ON_WRITE
}
