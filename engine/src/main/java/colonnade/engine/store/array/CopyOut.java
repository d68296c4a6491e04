package colonnade.engine.store.array;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import colonnade.error.ComputationException;
import colonnade.error.InvalidQueryException;
import java.lang.foreign.MemorySegment;

/**
 * Copies the elements of a view into Java arrays, in row-major order, and reads single elements.
 */
public final class CopyOut {
  /**
   * Elements converted at a time where the Java array is not what is stored: small enough for the
   * first-level cache.
   */
  static final int CHUNK = 1024;

  /** The longest array that every JVM can make. */
  private static final int MAXIMUM_LENGTH = Integer.MAX_VALUE - 8;

  private CopyOut() {}

  /** One element as a double; an integer must be exact. */
  public static double doubleAt(ArrayView view, long... index) {
    long at = view.region().positionOf(index) * view.elements().width();
    DataType type = view.elements().type();
    MemorySegment bytes = view.file().bytes();
    try {
      if (type.isFloating()) {
        return view.elements().doubleAt(bytes, at);
      }
      long value = view.elements().longAt(bytes, at);
      if (!Ranges.isExactDouble(value)) {
        throw new ComputationException(
            view.place(),
            value + " in " + view.place() + " has no exact double",
            "Read it with getLong.");
      }
      return value;
    } catch (IllegalStateException | InternalError e) {
      throw view.file().accessFailure(e);
    }
  }

  /** One integral element. */
  public static long longAt(ArrayView view, long... index) {
    JavaArray.LONGS.checkReads(view.elements().type(), view.place());
    long at = view.region().positionOf(index) * view.elements().width();
    MemorySegment bytes = view.file().bytes();
    try {
      return view.elements().longAt(bytes, at);
    } catch (IllegalStateException | InternalError e) {
      throw view.file().accessFailure(e);
    }
  }

  /** All elements of {@code f32} and of integers to 16 bits. */
  public static float[] toFloats(ArrayView view) {
    Elements elements = view.elements();
    JavaArray.FLOATS.checkReads(elements.type(), view.place());
    float[] target = new float[length(view)];
    if (elements.type() == DataType.F32) {
      each(
          view,
          (bytes, at, step, from, count) ->
              elements.readFloats(bytes, at, step, target, from, count));
    } else {
      long[] chunk = new long[CHUNK];
      chunks(
          view,
          (bytes, at, step, from, count) -> {
            elements.readLongs(bytes, at, step, chunk, 0, count);
            for (int i = 0; i < count; i++) {
              target[from + i] = chunk[i];
            }
          });
    }
    return target;
  }

  /** All elements of {@code f64}, {@code f32} and of integers to 32 bits. */
  public static double[] toDoubles(ArrayView view) {
    Elements elements = view.elements();
    JavaArray.DOUBLES.checkReads(elements.type(), view.place());
    double[] target = new double[length(view)];
    if (elements.type().isFloating()) {
      each(
          view,
          (bytes, at, step, from, count) ->
              elements.readDoubles(bytes, at, step, target, from, count));
    } else {
      long[] chunk = new long[CHUNK];
      chunks(
          view,
          (bytes, at, step, from, count) -> {
            elements.readLongs(bytes, at, step, chunk, 0, count);
            for (int i = 0; i < count; i++) {
              target[from + i] = chunk[i];
            }
          });
    }
    return target;
  }

  /** All elements of integral types that fit an int. */
  public static int[] toInts(ArrayView view) {
    Elements elements = view.elements();
    JavaArray.INTS.checkReads(elements.type(), view.place());
    int[] target = new int[length(view)];
    if (elements.width() == Integer.BYTES) {
      each(
          view,
          (bytes, at, step, from, count) ->
              elements.readInts(bytes, at, step, target, from, count));
    } else {
      long[] chunk = new long[CHUNK];
      chunks(
          view,
          (bytes, at, step, from, count) -> {
            elements.readLongs(bytes, at, step, chunk, 0, count);
            for (int i = 0; i < count; i++) {
              target[from + i] = (int) chunk[i];
            }
          });
    }
    return target;
  }

  /** All elements of integral types. */
  public static long[] toLongs(ArrayView view) {
    Elements elements = view.elements();
    JavaArray.LONGS.checkReads(elements.type(), view.place());
    long[] target = new long[length(view)];
    each(
        view,
        (bytes, at, step, from, count) -> elements.readLongs(bytes, at, step, target, from, count));
    return target;
  }

  /** All elements of {@code i8}, {@code u8} (the same bits) and {@code bool}. */
  public static byte[] toBytes(ArrayView view) {
    Elements elements = view.elements();
    JavaArray.BYTES.checkReads(elements.type(), view.place());
    byte[] target = new byte[length(view)];
    each(
        view,
        (bytes, at, step, from, count) -> {
          if (step == 1 && elements.type() != DataType.BOOL) {
            MemorySegment.copy(bytes, JAVA_BYTE, at, target, from, count);
            return;
          }
          for (int i = 0; i < count; i++) {
            target[from + i] = (byte) elements.longAt(bytes, at + i * step);
          }
        });
    return target;
  }

  /** Visits every run; none is longer than an array. */
  static void each(ArrayView view, RunReader reader) {
    each(view, MAXIMUM_LENGTH, reader);
  }

  /** Visits every run in pieces of at most {@link #CHUNK} elements. */
  static void chunks(ArrayView view, RunReader reader) {
    each(view, CHUNK, reader);
  }

  private static void each(ArrayView view, int limit, RunReader reader) {
    MemorySegment bytes = view.file().bytes();
    int width = view.elements().width();
    Runs runs = view.region().runs();
    long from = 0;
    try {
      while (runs.hasMore()) {
        int count = runs.remaining(limit);
        reader.read(bytes, runs.position() * width, runs.step() * width, (int) from, count);
        runs.advance(count);
        from += count;
      }
    } catch (IllegalStateException | InternalError e) {
      throw view.file().accessFailure(e);
    }
  }

  private static int length(ArrayView view) {
    long count = view.region().elementCount();
    if (count > MAXIMUM_LENGTH) {
      throw new InvalidQueryException(
          view.place(),
          "a region of "
              + count
              + " elements, shape "
              + view.region()
              + ", is too long for a Java array",
          "Slice it into regions of at most " + MAXIMUM_LENGTH + " elements.");
    }
    return (int) count;
  }

  /**
   * Reads a run: {@code count} elements from byte {@code at} on, {@code step} bytes apart, the
   * {@code from}-th of the view on.
   */
  interface RunReader {
    void read(MemorySegment bytes, long at, long step, int from, int count);
  }
}
