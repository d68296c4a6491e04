package colonnade.engine.store;

import colonnade.engine.store.format.TableFormat;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Gathers blocks of a file that threads write side by side, so that each write is a window: as much
 * as a file's buffer, at a multiple of it. What Linux is given so in one piece it keeps so: 2 MiB
 * become one huge page, which readers map with one fault instead of 512. Safe for all threads; the
 * windows' memory belongs to the session.
 */
final class WriteWindows {
  /** Where windows are written. */
  @FunctionalInterface
  interface Target {
    /** Writes all that remains in {@code bytes} from byte {@code offset} of the file on. */
    void write(ByteBuffer bytes, long offset) throws IOException;
  }

  private final WriteSession session;
  private final Target target;

  /** Those that are not complete, by where they begin. */
  private final TreeMap<Long, Window> open = new TreeMap<>();

  /** The windows of one file. */
  WriteWindows(WriteSession session, Target target) {
    this.session = session;
    this.target = target;
  }

  private static final class Window {
    final long start;
    final MemorySegment memory;

    /** A bit for each piece that is there; a window has at most 32 of them. */
    long present;

    Window(long start, MemorySegment memory) {
      this.start = start;
      this.memory = memory;
    }
  }

  /**
   * Takes whole pieces that nobody else gives, and writes them, at the latest when {@link #settle}
   * says so.
   */
  void put(ByteBuffer bytes, long offset) throws IOException {
    int windowBytes = session.fileBufferBytes();
    int length = bytes.remaining();
    if (length >= windowBytes || windowBytes % length != 0) {
      target.write(bytes, offset);
      return;
    }
    Window window = at(offset - offset % windowBytes);
    long within = offset - window.start;
    window.memory.asSlice(within, length).copyFrom(MemorySegment.ofBuffer(bytes));
    if (complete(window, pieces(within, length), pieces(0, windowBytes))) {
      write(window);
    }
  }

  /** The bits of these bytes of a window. */
  private static long pieces(long from, int length) {
    long bits = -1L >>> Long.SIZE - length / TableFormat.PIECE_BYTES;
    return bits << from / TableFormat.PIECE_BYTES;
  }

  private synchronized Window at(long start) {
    return open.computeIfAbsent(start, at -> new Window(at, session.takeBuffer()));
  }

  private synchronized boolean complete(Window window, long more, long all) {
    window.present |= more;
    return window.present == all && open.remove(window.start) != null;
  }

  /**
   * Writes what is there of windows that begin before byte {@code end} of the file, to which no
   * more comes.
   */
  void settle(long end) throws IOException {
    List<Window> settled = new ArrayList<>();
    synchronized (this) {
      while (!open.isEmpty() && open.firstKey() < end) {
        settled.add(open.pollFirstEntry().getValue());
      }
    }
    for (Window window : settled) {
      write(window);
    }
  }

  /** Writes the pieces that are there, those that follow each other at once. */
  private void write(Window window) throws IOException {
    try {
      long present = window.present;
      while (present != 0) {
        int from = Long.numberOfTrailingZeros(present);
        int count = Long.numberOfTrailingZeros(~(present >>> from));
        long at = (long) from * TableFormat.PIECE_BYTES;
        long length = (long) count * TableFormat.PIECE_BYTES;
        target.write(window.memory.asSlice(at, length).asByteBuffer(), window.start + at);
        present &= ~(-1L >>> Long.SIZE - count << from);
      }
    } finally {
      session.giveBuffer(window.memory);
    }
  }

  /** Forgets what is not written; its memory ends with the session. */
  synchronized void drop() {
    open.clear();
  }
}
