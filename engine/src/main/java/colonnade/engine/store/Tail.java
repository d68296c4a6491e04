package colonnade.engine.store;

/**
 * Bytes at the end of a file that no manifest counts: what an unfinished append left. Readers
 * ignore them, and the next writer cuts them off.
 *
 * @param fileName the file in the table's directory
 * @param committedBytes the length that the manifest states
 * @param actualBytes the length on disk
 */
public record Tail(String fileName, long committedBytes, long actualBytes) {}
