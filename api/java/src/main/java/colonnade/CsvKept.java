package colonnade;

import colonnade.engine.csv.KeptMemory;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.QueryOptions;
import colonnade.error.MemoryBudgetException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The memory of what the pass that inferred types kept of a file, so that the next one need not
 * read it again. Freed when a pass has come to the end of it and no other uses it, or when nobody
 * can reach it any more. All files together take no more than a quarter of a query's usual memory
 * limit. Safe for all threads.
 */
final class CsvKept implements KeptMemory.Source {
  private static final Cleaner CLEANER = Cleaner.create();

  /** Of which half may be taken for what is kept: see {@link QueryMemory#isShort}. */
  private static final QueryMemory SHARED =
      new QueryMemory(QueryOptions.defaults().memoryLimitBytes() / 2);

  private final QueryMemory memory;
  private final QueryMemory.Region region;
  private final Cleaner.Cleanable cleanable;
  private final Path path;
  private final State state;
  private int users;
  private boolean closing;

  /** What tells that a file was written to. */
  private record State(long bytes, Object modified, @Nullable Object key) {
    static State of(Path path) throws IOException {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return new State(found.size(), found.lastModifiedTime(), found.fileKey());
    }
  }

  /** Nothing yet, of the file as it is now; half of {@code memory} may be taken. */
  CsvKept(Path path, QueryMemory memory) throws IOException {
    this.path = path;
    this.memory = memory;
    this.region = memory.detachedRegion();
    this.cleanable = CLEANER.register(this, region::close);
    this.state = State.of(path);
  }

  /** The memory that all files share. */
  static QueryMemory shared() {
    return SHARED;
  }

  @Override
  public @Nullable MemorySegment take(long bytes) {
    if (memory.isShort(bytes)) {
      return null;
    }
    try {
      return region.allocate(bytes);
    } catch (MemoryBudgetException | OutOfMemoryError e) {
      return null;
    }
  }

  /** Begins to use it; false if it is freed, or the file has changed. */
  synchronized boolean acquire() throws IOException {
    if (closing || !state.equals(State.of(path))) {
      return false;
    }
    users++;
    return true;
  }

  /**
   * Ends what {@link #acquire} began.
   *
   * @param last whether nobody shall begin any more
   * @return whether the memory is freed
   */
  synchronized boolean release(boolean last) {
    users--;
    closing |= last;
    boolean ends = closing && users == 0;
    if (ends) {
      cleanable.clean();
    }
    return ends;
  }
}
