package colonnade.engine.store;

import colonnade.Retention;
import colonnade.engine.observe.WriteCount;
import colonnade.engine.observe.WriteReport;
import colonnade.engine.store.format.Home;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.ColonnadeException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What one writer of a table works with: the lock, the committed generation it builds on, buffers
 * and files. A commit makes a new generation; {@link #abort()} takes back all that was not
 * committed. Used by one thread at a time, but for its files and buffers.
 */
final class WriteSession implements AutoCloseable {
  private static final int MAX_SYNC_THREADS = 8;
  private static final int MAX_OPEN_FILES = 512;
  private static final int FILES_PER_COLUMN = 4;

  private final TableLock lock;
  private final boolean ownsLock;
  private final TableDirectory table;
  private final WriteOptions options;
  private final Generations generations;
  private final Arena arena = Arena.ofShared();
  private final Set<StoredFile> openFiles = ConcurrentHashMap.newKeySet();
  private final Deque<MemorySegment> freeBuffers = new ArrayDeque<>();
  private final Deque<MemorySegment> freeBlocks = new ArrayDeque<>();
  private final int fileBufferBytes;
  private final boolean keepsFilesOpen;
  private final WriteCount count = new WriteCount();
  private long commitBeganNanos;
  private boolean isCommitting;
  private boolean isNewTable;
  private @Nullable Manifest committed;
  private long committedNumber;
  private boolean closed;

  private WriteSession(
      TableLock lock,
      boolean ownsLock,
      WriteOptions options,
      Generations generations,
      int columnCount) {
    this.lock = lock;
    this.ownsLock = ownsLock;
    this.table = lock.table();
    this.options = options;
    this.generations = generations;
    this.committed = generations.newest();
    this.committedNumber = generations.newestNumber();
    this.fileBufferBytes = options.fileBufferBytes(2 * columnCount);
    this.keepsFilesOpen = columnCount * FILES_PER_COLUMN <= MAX_OPEN_FILES;
  }

  /**
   * Begins to write, and removes what a writer before left unfinished.
   *
   * @param ownsLock whether to close the lock at the end
   * @param columnCount columns to be written side by side; -1 for those of the table
   */
  static WriteSession open(
      TableLock lock,
      boolean ownsLock,
      WriteOptions options,
      int columnCount,
      boolean mayReplaceDamaged) {
    Generations generations = Generations.read(lock.table(), mayReplaceDamaged);
    Manifest newest = generations.newest();
    int columns = columnCount >= 0 ? columnCount : newest == null ? 0 : newest.columns().size();
    try {
      generations.clean(newest);
    } catch (IOException e) {
      throw StorageFailure.of(lock.table().name(), "clean up", e);
    }
    return new WriteSession(lock, ownsLock, options, generations, columns);
  }

  TableDirectory table() {
    return table;
  }

  WriteOptions options() {
    return options;
  }

  /** The newest generation; null if there is none yet. */
  @Nullable Manifest committed() {
    return committed;
  }

  /** The number that the next commit gets. */
  long nextGeneration() {
    return committedNumber + 1;
  }

  /** Says that the commits of this session name no file that was there before. */
  void beginNewTable() {
    isNewTable = true;
  }

  /** The directory that this writes in, as far as the system tells it from others. */
  Optional<Home> here() {
    try {
      return table.storage().home(table.path());
    } catch (IOException e) {
      throw StorageFailure.of(table.name(), "look at", e);
    }
  }

  /**
   * Where a generation is at home that names files of {@code source}: here if those are, or if that
   * is not known; else where they came from, because nobody has checked them.
   */
  private Optional<Home> home(@Nullable Manifest source) {
    Optional<Home> here = here();
    if (source == null || source.home().isEmpty()) {
      return here;
    }
    Home from = source.home().get();
    return here.filter(from::isSame).or(source::home);
  }

  /** The first column id that no generation has used; 0 where none can be read. */
  int nextColumnId() {
    return committed == null ? 0 : committed.nextColumnId();
  }

  /**
   * The generation that a commit publishes next.
   *
   * @param source the generation whose files it names, beside new ones; null if it names none
   * @param parent the generation that undoing it leads to
   * @param operation what the commit does, in a few words
   */
  private Manifest next(
      @Nullable Manifest source,
      long parent,
      String operation,
      long rowCount,
      int nextColumnId,
      List<ManifestColumn> columns) {
    Retention retention = options.retention();
    if (retention == null) {
      retention = committed == null ? Retention.DEFAULT : committed.retention();
    }
    return new Manifest(
        nextGeneration(),
        parent,
        rowCount,
        Instant.now(),
        nextColumnId,
        operation,
        retention,
        Optional.of(count.soFar()),
        home(source),
        columns);
  }

  /** The generation that a commit of changes publishes next; undoing it leads to the newest. */
  Manifest next(String operation, long rowCount, int nextColumnId, List<ManifestColumn> columns) {
    Manifest source = isNewTable ? null : committed;
    return next(source, committedNumber, operation, rowCount, nextColumnId, columns);
  }

  /**
   * The generation that publishes {@code source} once more.
   *
   * @param parent the generation that undoing it leads to
   */
  Manifest again(Manifest source, long parent, String operation) {
    int nextId = Math.max(source.nextColumnId(), nextColumnId());
    return next(source, parent, operation, source.rowCount(), nextId, source.columns());
  }

  /**
   * A committed column as it may be written on: itself, or a copy in files of its own, if an older
   * generation has rows where the next would go.
   */
  ManifestColumn writable(ManifestColumn column) {
    return mayGrow(column) ? column : ColumnCopy.of(this, column);
  }

  /** Whether nothing that any generation counts lies behind the bytes of a committed column. */
  boolean mayGrow(ManifestColumn column) {
    return !generations.hasMore(column);
  }

  /** What is counted for the next commit: its values by whoever takes them, its files here. */
  WriteCount count() {
    return count;
  }

  /** How messages call a file. */
  String place(String fileName) {
    return table.place(fileName);
  }

  StoredFile create(String fileName) {
    try {
      return opened(table.storage().create(table.file(fileName)));
    } catch (IOException e) {
      throw StorageFailure.of(place(fileName), "create", e);
    }
  }

  StoredFile openForWriting(String fileName) {
    try {
      return opened(table.storage().openForWriting(table.file(fileName)));
    } catch (IOException e) {
      throw StorageFailure.of(place(fileName), "open", e);
    }
  }

  private StoredFile opened(StoredFile file) {
    StoredFile counted = new CountedFile(file, count.file());
    openFiles.add(counted);
    return counted;
  }

  void close(StoredFile file, String fileName) {
    openFiles.remove(file);
    try {
      file.close();
    } catch (IOException e) {
      throw StorageFailure.of(place(fileName), "close", e);
    }
  }

  /** Bytes of a file, little-endian. */
  ByteBuffer read(String fileName, long offset, long lengthBytes) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(lengthBytes)).order(ByteOrder.LITTLE_ENDIAN);
    try (StoredFile file = table.storage().openForReading(table.file(fileName))) {
      file.read(bytes, offset);
    } catch (IOException e) {
      throw StorageFailure.of(place(fileName), "read", e);
    }
    return bytes.flip();
  }

  /** Removes a file that no generation has named yet. */
  void discard(String fileName) {
    try {
      table.storage().unlink(table.file(fileName));
    } catch (IOException e) {
      throw StorageFailure.of(place(fileName), "remove", e);
    }
  }

  int fileBufferBytes() {
    return fileBufferBytes;
  }

  boolean keepsFilesOpen() {
    return keepsFilesOpen;
  }

  synchronized MemorySegment takeBuffer() {
    MemorySegment buffer = freeBuffers.poll();
    return buffer != null ? buffer : arena.allocate(fileBufferBytes, 4096);
  }

  synchronized void giveBuffer(MemorySegment buffer) {
    freeBuffers.push(buffer);
  }

  /** Memory for a block of codes; as many as threads write at a time. */
  synchronized MemorySegment takeBlock() {
    MemorySegment block = freeBlocks.poll();
    return block != null ? block : arena.allocate(4L * TableFormat.BLOCK_ROWS, 4096);
  }

  synchronized void giveBlock(MemorySegment block) {
    freeBlocks.push(block);
  }

  /** Syncs files, several at a time: the device merges their waits. */
  void sync(List<AppendFile> files) {
    beginCommit();
    if (files.size() < 3) {
      files.forEach(AppendFile::sync);
      return;
    }
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(MAX_SYNC_THREADS, files.size()))) {
      for (AppendFile file : files) {
        running.add(threads.submit(file::sync));
      }
      for (Future<?> sync : running) {
        sync.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ColonnadeException known
          ? known
          : StorageFailure.of(table.name(), "sync", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StorageFailure.of(
          table.name(), "sync", new java.nio.channels.ClosedByInterruptException());
    }
  }

  private void beginCommit() {
    if (!isCommitting) {
      isCommitting = true;
      commitBeganNanos = System.nanoTime();
    }
  }

  /** Publishes a generation whose files are synced; when this returns, it survives a power cut. */
  void commit(Manifest manifest) {
    beginCommit();
    try {
      Publication.publish(table, manifest, count.file());
      committed = manifest;
      committedNumber = manifest.generation();
      table.storage().syncDirectory(table.path());
    } catch (IOException e) {
      throw StorageFailure.of(table.name(), "commit", e);
    }
    isCommitting = false;
    long elapsedNanos = System.nanoTime() - commitBeganNanos;
    try {
      generations.published(manifest);
    } catch (IOException e) {
      // The generation is committed, and whoever heard otherwise would write his rows twice. The
      // next writer removes what is left.
    }
    count.report(
        WriteReport.Kind.COMMIT,
        table.path().toString(),
        manifest.operation(),
        manifest.generation(),
        elapsedNanos);
  }

  /**
   * Removes and cuts what was written since the last commit; closes its files. Where another writer
   * got past the lock and has published meanwhile, nothing is touched.
   */
  void abort() {
    closeFiles();
    List<Long> numbers = table.generations();
    if (!numbers.isEmpty() && numbers.getFirst() > committedNumber) {
      return;
    }
    try {
      generations.clean(committed);
    } catch (IOException e) {
      throw StorageFailure.of(table.name(), "clean up", e);
    }
  }

  /** A failure may leave files with nobody to close them, such as those of half a column. */
  private void closeFiles() {
    for (StoredFile file : openFiles) {
      try {
        file.close();
      } catch (IOException e) {
        // The descriptor is gone all the same, and what counts was synced before.
      }
    }
    openFiles.clear();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      closeFiles();
      arena.close();
      if (ownsLock) {
        lock.close();
      }
    }
  }
}
