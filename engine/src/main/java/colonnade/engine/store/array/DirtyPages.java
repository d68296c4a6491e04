package colonnade.engine.store.array;

import colonnade.ByteRange;
import colonnade.engine.observe.Written;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which 4 KiB pages of a range of bytes were written since the last flush: one bit a page, in
 * groups that exist only where something was written. Marking costs the same wherever it is; at
 * worst the bits take a 32,768th of the range. Safe for all threads.
 */
final class DirtyPages {
  /** What is tracked; the kernel rounds to its own page where that is larger. */
  static final int PAGE_BYTES = Written.PAGE_BYTES;

  private static final int GROUP_PAGES = 4096;
  private static final int GROUP_WORDS = GROUP_PAGES / Long.SIZE;

  private final long byteCount;
  private final long lead;
  private final long[] @Nullable [] groups;
  private long lastMarkedPage = -1;
  private long storedBytes;

  /**
   * What was written since the last flush.
   *
   * @param ranges as {@link #ranges()}
   * @param pages the pages in these
   * @param storedBytes the bytes that were stored, each time that they were
   */
  record Taken(List<ByteRange> ranges, long pages, long storedBytes) {}

  /**
   * Tracks bytes 0 to {@code byteCount}.
   *
   * @param lead how far into a page byte 0 lies
   */
  DirtyPages(long byteCount, int lead) {
    this.byteCount = byteCount;
    this.lead = lead;
    long pages = (byteCount + lead + PAGE_BYTES - 1) / PAGE_BYTES;
    this.groups = new long[Math.toIntExact((pages + GROUP_PAGES - 1) / GROUP_PAGES)][];
  }

  /**
   * Notes that bytes {@code from} to {@code to} were written.
   *
   * @param stored how many of them
   */
  synchronized void mark(long from, long to, long stored) {
    if (from >= to) {
      return;
    }
    storedBytes += stored;
    long first = (from + lead) / PAGE_BYTES;
    long last = (to - 1 + lead) / PAGE_BYTES;
    if (first == last && first == lastMarkedPage) {
      return;
    }
    for (long page = first; page <= last; ) {
      int group = (int) (page / GROUP_PAGES);
      long[] words = groups[group];
      if (words == null) {
        words = new long[GROUP_WORDS];
        groups[group] = words;
      }
      int inGroup = (int) (page % GROUP_PAGES);
      int end = (int) Math.min(GROUP_PAGES, inGroup + last - page + 1);
      setBits(words, inGroup, end);
      page += end - inGroup;
    }
    lastMarkedPage = last;
  }

  /**
   * The written pages as ranges that neither touch nor overlap, in order, cut to the tracked bytes.
   */
  synchronized List<ByteRange> ranges() {
    List<ByteRange> ranges = new ArrayList<>();
    long open = -1;
    for (int group = 0; group < groups.length; group++) {
      long[] words = groups[group];
      long base = (long) group * GROUP_PAGES;
      if (words == null) {
        open = close(ranges, open, base);
        continue;
      }
      for (int word = 0; word < GROUP_WORDS; word++) {
        long bits = words[word];
        long page = base + (long) word * Long.SIZE;
        if (bits == 0) {
          open = close(ranges, open, page);
        } else if (bits != -1L || open < 0) {
          for (int bit = 0; bit < Long.SIZE; bit++) {
            if ((bits >>> bit & 1) == 0) {
              open = close(ranges, open, page + bit);
            } else if (open < 0) {
              open = page + bit;
            }
          }
        }
      }
    }
    close(ranges, open, (long) groups.length * GROUP_PAGES);
    return ranges;
  }

  /** What was written, which from now on counts as clean. */
  synchronized Taken take() {
    List<ByteRange> ranges = ranges();
    long pages = 0;
    for (ByteRange range : ranges) {
      pages += Written.pagesOf(range.from() + lead, range.byteCount());
    }
    Taken taken = new Taken(ranges, pages, storedBytes);
    Arrays.fill(groups, null);
    lastMarkedPage = -1;
    storedBytes = 0;
    return taken;
  }

  private long close(List<ByteRange> ranges, long openPage, long endPage) {
    if (openPage >= 0) {
      ranges.add(
          new ByteRange(
              Math.max(0, openPage * PAGE_BYTES - lead),
              Math.min(byteCount, endPage * PAGE_BYTES - lead)));
    }
    return -1;
  }

  private static void setBits(long[] words, int from, int to) {
    int firstWord = from / Long.SIZE;
    int lastWord = (to - 1) / Long.SIZE;
    long firstMask = -1L << from;
    long lastMask = -1L >>> -to;
    if (firstWord == lastWord) {
      words[firstWord] |= firstMask & lastMask;
      return;
    }
    words[firstWord] |= firstMask;
    Arrays.fill(words, firstWord + 1, lastWord, -1L);
    words[lastWord] |= lastMask;
  }
}
