package colonnade.engine.store;

/**
 * Bytes at the end of a file that the newest manifest does not count. Readers ignore them. If no
 * older one counts them either an unfinished append left them, and the next writer cuts them off.
 *
 * @param fileName the file in the table's directory
 * @param committedBytes the length that the manifest states, or another that is longer
 * @param actualBytes the length on disk
 */
public record Tail(String fileName, long committedBytes, long actualBytes) {}
