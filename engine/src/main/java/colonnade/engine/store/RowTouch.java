package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** Reads a byte of every page that one value lies in, in scalar code. Stateless. */
final class RowTouch {
  private static final int PAGE_BYTES = 4096;

  private RowTouch() {}

  /**
   * Touches row {@code index} of a window.
   *
   * @throws InternalError if a page cannot be read
   */
  static void touch(Vector window, int index) {
    long seen = window.isNull(index) ? 1 : 0;
    Dictionary dictionary = window.dictionary();
    if (window.isCoded() && dictionary != null) {
      int code = window.code(index);
      if (code >= 0 && code < dictionary.size()) {
        seen += bytes(dictionary.bytes(), dictionary.start(code), dictionary.start(code + 1));
      }
    } else if (window.offsets() != null) {
      seen += bytes(window.data(), window.start(index), window.start(index + 1));
    } else {
      seen += window.type().isFloating() ? (long) window.doubleAt(index) : window.longAt(index);
    }
    if (seen == window.dataOffset()) {
      // Harmless; but what was seen matters, so the compiler cannot leave the reads out.
      Thread.onSpinWait();
    }
  }

  /** Nothing where the offsets are damaged, which whoever uses them finds. */
  private static long bytes(MemorySegment data, long start, long end) {
    if (start < 0 || end <= start || end > data.byteSize()) {
      return 0;
    }
    long seen = data.get(JAVA_BYTE, end - 1);
    for (long at = start; at < end; at += PAGE_BYTES) {
      seen += data.get(JAVA_BYTE, at);
    }
    return seen;
  }
}
