package colonnade.engine.store.array;

import colonnade.ByteRange;
import colonnade.FlushPolicy;
import colonnade.Mode;
import colonnade.engine.observe.WriteCount;
import colonnade.engine.observe.WriteReport;
import colonnade.error.ClosedException;
import colonnade.error.ReadOnlyException;
import colonnade.error.StorageException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The mapped bytes of one array: owns the mapping, knows which pages were written, flushes them by
 * policy, and unmaps on close.
 *
 * <p>Safe for all threads in itself; two threads that write one element, or one that reads it
 * meanwhile, must agree among themselves. Whoever opened it closes it; views keep a reference and
 * fail afterwards.
 */
public final class ArrayFile implements AutoCloseable {
  private final ArrayLayout layout;
  private final Mode mode;
  private final FlushPolicy policy;
  private final Arena arena;
  private final MemorySegment bytes;
  private final Consumer<MemorySegment> sync;
  private final DirtyPages dirty;
  private final boolean flushesByItself;

  /** Only where writes are kept. */
  private final @Nullable WriteCount count;

  private volatile @Nullable WriteReport lastFlush;
  private long rowsSinceFlush;
  private long lastFlushNanos = System.nanoTime();
  private boolean failed;
  private volatile boolean closed;

  /**
   * Takes over a mapping.
   *
   * @param arena owns {@code bytes}; closed with this
   * @param bytes the elements, from the first to the last
   * @param sync makes the bytes of a slice durable
   */
  ArrayFile(
      ArrayLayout layout,
      Mode mode,
      FlushPolicy policy,
      Arena arena,
      MemorySegment bytes,
      Consumer<MemorySegment> sync) {
    this.layout = layout;
    this.mode = mode;
    this.policy = policy;
    this.arena = arena;
    this.bytes = bytes;
    this.sync = sync;
    this.dirty =
        new DirtyPages(bytes.byteSize(), (int) (layout.offsetBytes() % DirtyPages.PAGE_BYTES));
    this.count = keepsWrites() ? new WriteCount() : null;
    this.flushesByItself = keepsWrites() && !(policy instanceof FlushPolicy.AtClose);
  }

  /** What the file is taken for. */
  public ArrayLayout layout() {
    return layout;
  }

  /** How it was opened. */
  public Mode mode() {
    return mode;
  }

  /** The elements' bytes. Whoever writes to them past this class must {@link #wrote} them. */
  public MemorySegment bytes() {
    checkOpen();
    return bytes;
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return closed;
  }

  /** The elements' bytes, for writing; refused in read-only mode. */
  MemorySegment writableBytes() {
    checkOpen();
    if (mode == Mode.READ_ONLY) {
      throw new ReadOnlyException(
          layout.place(),
          layout.place() + " was opened READ_ONLY; nothing can be written to it",
          "Open it READ_WRITE to change the file, or COPY_ON_WRITE for changes that only this"
              + " process sees.");
    }
    return bytes;
  }

  /**
   * Notes that bytes {@code from} to {@code to} of the elements were written; call it after the
   * store, never before.
   *
   * @param storedBytes how many of them
   */
  void wrote(long from, long to, long storedBytes) {
    dirty.mark(from, to, storedBytes);
  }

  /** Ends one write call, which may be what the flush policy waits for. */
  void endWrite(long rowCount) {
    if (!flushesByItself) {
      return;
    }
    synchronized (this) {
      rowsSinceFlush += rowCount;
      if (policy.isDue(rowsSinceFlush, System.nanoTime() - lastFlushNanos)) {
        flush();
      }
    }
  }

  /** The written and not yet flushed pages, as offsets in the file. */
  public List<ByteRange> dirtyRanges() {
    long offset = layout.offsetBytes();
    return dirty.ranges().stream()
        .map(range -> new ByteRange(offset + range.from(), offset + range.to()))
        .toList();
  }

  /** Makes all that was written durable: one sync for each dirty range, none if there is none. */
  public synchronized void flush() {
    checkOpen();
    switch (mode) {
      case READ_ONLY ->
          throw new ReadOnlyException(
              layout.place(),
              layout.place() + " was opened READ_ONLY; there is nothing to flush",
              "");
      case COPY_ON_WRITE ->
          throw new ReadOnlyException(
              layout.place(),
              layout.place()
                  + " was opened COPY_ON_WRITE; its changes are never kept, and flush cannot keep"
                  + " them",
              "Open it READ_WRITE to change the file, or assign this array to one made by"
                  + " MappedArray.create.");
      case READ_WRITE, CREATE -> syncDirty();
    }
  }

  private void syncDirty() {
    if (failed) {
      throw new StorageException(
          layout.place(),
          "an earlier flush of " + layout.place() + " failed; what the file holds is not known",
          "The system reports a failed write only once. Write the array to a new file on a sound"
              + " disk.");
    }
    DirtyPages.Taken taken = dirty.take();
    long start = System.nanoTime();
    for (ByteRange range : taken.ranges()) {
      try {
        sync.accept(bytes.asSlice(range.from(), range.byteCount()));
      } catch (RuntimeException | InternalError e) {
        failed = true;
        taken.ranges().forEach(unsure -> dirty.mark(unsure.from(), unsure.to(), 0));
        throw new StorageException(
            layout.place(),
            "bytes "
                + range.from()
                + " to "
                + range.to()
                + " of "
                + layout.place()
                + " could not be written to disk",
            "The disk may be full or failing; what the file holds is not known. Write the array to"
                + " a new file.",
            e);
      }
    }
    rowsSinceFlush = 0;
    lastFlushNanos = System.nanoTime();
    if (count != null && !taken.ranges().isEmpty()) {
      count.meant(taken.storedBytes());
      count.wrote(taken.ranges().stream().mapToLong(ByteRange::byteCount).sum(), taken.pages());
      lastFlush =
          count.report(
              WriteReport.Kind.FLUSH,
              layout.path().toAbsolutePath().normalize().toString(),
              "flush",
              0,
              lastFlushNanos - start);
    }
  }

  /** What the last flush wrote; empty before the first that had anything to write. */
  public Optional<WriteReport> lastFlush() {
    return Optional.ofNullable(lastFlush);
  }

  /**
   * Flushes what a file opened for writing has not flushed yet, and unmaps. A second close does
   * nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    try {
      if (keepsWrites() && !failed) {
        syncDirty();
      }
    } finally {
      closed = true;
      arena.close();
    }
  }

  /** What to throw instead of an error that an access to {@link #bytes} ended with. */
  RuntimeException accessFailure(Throwable e) {
    if (closed) {
      return new ClosedException(
          layout.place(), layout.place() + " was closed during the access", "", e);
    }
    return e instanceof RuntimeException other
        ? other
        : new StorageException(
            layout.place(),
            "a page of " + layout.place() + " could not be read or written",
            "The file was cut short by someone else, the disk is full, or it failed. Values written"
                + " or read by this call are not to be trusted.",
            e);
  }

  private boolean keepsWrites() {
    return mode == Mode.READ_WRITE || mode == Mode.CREATE;
  }

  private void checkOpen() {
    if (closed) {
      throw new ClosedException(
          layout.place(),
          layout.place() + " is closed; its memory is no longer mapped",
          "Open it again.");
    }
  }
}
