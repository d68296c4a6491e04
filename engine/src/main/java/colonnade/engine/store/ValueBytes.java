package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * How many bytes values are by themselves, whatever their encoding: each as wide as its type, null
 * or not; texts and bytes as long as they are. Stateless.
 */
final class ValueBytes {
  private ValueBytes() {}

  /** The bytes of the first {@code count} rows of all vectors. */
  static long of(Vector[] vectors, int count) {
    long bytes = 0;
    for (Vector vector : vectors) {
      bytes += of(vector, count);
    }
    return bytes;
  }

  /** The bytes of the first {@code count} rows. */
  static long of(Vector vector, int count) {
    if (!vector.type().isVariable()) {
      return (long) count * vector.type().widthBytes();
    }
    Dictionary dictionary = vector.dictionary();
    if (dictionary != null) {
      return ofCodes(vector, dictionary, count);
    }
    if (vector.validity() == null) {
      return vector.start(count) - vector.start(0);
    }
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      if (!vector.isNull(i)) {
        bytes += vector.start(i + 1) - vector.start(i);
      }
    }
    return bytes;
  }

  /**
   * The lengths of the entries that codes stand for: a loop for each width, whose loads do not wait
   * for one another. Where a row is null its code may be anything.
   */
  private static long ofCodes(Vector vector, Dictionary dictionary, int count) {
    if (vector.validity() != null) {
      return ofPresentCodes(vector, dictionary, count);
    }
    MemorySegment codes = vector.data();
    MemorySegment offsets = dictionary.offsets();
    long at = vector.dataOffset();
    long starts = 0;
    long ends = 0;
    switch (vector.codeWidthBytes()) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          long entry = 8L * (codes.get(JAVA_BYTE, at + i) & 0xff);
          starts += offsets.get(Layouts.LONG, entry);
          ends += offsets.get(Layouts.LONG, entry + 8);
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          long entry = 8L * (codes.get(Layouts.SHORT, at + 2L * i) & 0xffff);
          starts += offsets.get(Layouts.LONG, entry);
          ends += offsets.get(Layouts.LONG, entry + 8);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          long entry = 8L * codes.get(Layouts.INT, at + 4L * i);
          starts += offsets.get(Layouts.LONG, entry);
          ends += offsets.get(Layouts.LONG, entry + 8);
        }
      }
    }
    return ends - starts;
  }

  private static long ofPresentCodes(Vector vector, Dictionary dictionary, int count) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      if (!vector.isNull(i)) {
        bytes += dictionary.length(vector.code(i));
      }
    }
    return bytes;
  }
}
