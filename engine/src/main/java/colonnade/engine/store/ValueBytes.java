package colonnade.engine.store;

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

  private static long ofCodes(Vector vector, Dictionary dictionary, int count) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      if (!vector.isNull(i)) {
        bytes += dictionary.length(vector.code(i));
      }
    }
    return bytes;
  }
}
