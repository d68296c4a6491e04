package colonnade;

/** How the bytes of a stored column come into memory. Results do not depend on it. */
public enum ReadMode {
  /**
   * The operating system maps the files: no copy, and memory is only the page cache's. If somebody
   * else cuts a file short, or a disk fails, the query ends with an error; in rare moments the
   * process does.
   */
  MAPPED,
  /**
   * Each block is copied to the query's own memory before anything computes on it. A file that was
   * cut or cannot be read is always an error, never the end of the process.
   */
  GUARDED,
  /** A column is copied to memory of the table as a whole when it is first used. */
  LOADED
}
