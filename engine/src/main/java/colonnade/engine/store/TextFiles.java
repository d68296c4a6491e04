package colonnade.engine.store;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/** Plain text or binary: offsets beside bytes. */
final class TextFiles implements ValueFiles {
  private final AppendFile offsets;
  private final AppendFile bytes;

  /** Files that are new, or whose offsets end with the length of {@code bytes}. */
  TextFiles(AppendFile offsets, AppendFile bytes) {
    this.offsets = offsets;
    this.bytes = bytes;
    if (offsets.length() == 0) {
      offsets.appendLong(0);
    }
  }

  @Override
  public int append(Vector vector, int from, RowBits rows, StatisticsFold statistics) {
    Dictionary dictionary = vector.dictionary();
    if (dictionary != null) {
      for (int i = 0; i < rows.count(); i++) {
        if (rows.isPresent(i)) {
          int code = vector.code(from + i);
          bytes.append(dictionary.bytes(), dictionary.start(code), dictionary.length(code));
        }
        offsets.appendLong(bytes.length());
      }
    } else if (nullsAreEmpty(vector, from, rows)) {
      appendTogether(vector, from, rows.count());
    } else {
      for (int i = 0; i < rows.count(); i++) {
        if (rows.isPresent(i)) {
          long start = vector.start(from + i);
          bytes.append(vector.data(), start, vector.start(from + i + 1) - start);
        }
        offsets.appendLong(bytes.length());
      }
    }
    return rows.count();
  }

  private static boolean nullsAreEmpty(Vector vector, int from, RowBits rows) {
    for (int i = rows.nextNull(0); i < rows.count(); i = rows.nextNull(i + 1)) {
      if (vector.start(from + i + 1) != vector.start(from + i)) {
        return false;
      }
    }
    return true;
  }

  private void appendTogether(Vector vector, int from, int count) {
    MemorySegment source = Objects.requireNonNull(vector.offsets());
    long at = vector.offsetsOffset() + 8L * from;
    long first = source.get(Layouts.LONG, at);
    long shift = bytes.length() - first;
    long previous = first;
    long backwards = 0;
    int done = 0;
    while (done < count) {
      int n = Math.min(count - done, offsets.room() / Long.BYTES);
      MemorySegment buffer = offsets.buffer();
      int start = offsets.position();
      for (int i = 0; i < n; i++) {
        long next = source.get(Layouts.LONG, at + 8L * (done + i + 1));
        backwards |= next - previous;
        previous = next;
        buffer.set(Layouts.LONG, start + 8L * i, next + shift);
      }
      offsets.advance(n * Long.BYTES);
      done += n;
    }
    if (backwards < 0) {
      throw new IllegalArgumentException("the offsets of a text vector are out of order");
    }
    bytes.append(vector.data(), vector.dataOffset() + first, previous - first);
  }

  /** Appends one value. */
  void append(MemorySegment source, long start, int length) {
    bytes.append(source, start, length);
    offsets.appendLong(bytes.length());
  }

  @Override
  public List<AppendFile> files() {
    return List.of(offsets, bytes);
  }

  @Override
  public Encoding encoding() {
    return Encoding.PLAIN;
  }
}
