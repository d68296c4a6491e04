package colonnade.engine.store.array;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import colonnade.error.InvalidQueryException;
import java.lang.foreign.MemorySegment;

/**
 * Copies Java arrays and single values into the elements of a view, in row-major order. Types,
 * lengths and values are checked before anything is written.
 */
public final class CopyIn {
  private CopyIn() {}

  /** Stores one element. */
  public static void put(ArrayView view, double value, long... index) {
    putBits(view, Ranges.bits(view.elements().type(), value, view.place()), index);
  }

  /** Stores one element. */
  public static void put(ArrayView view, long value, long... index) {
    putBits(view, Ranges.bits(view.elements().type(), value, view.place()), index);
  }

  /** Stores floats in {@code f32} or {@code f64}. */
  public static void assign(ArrayView view, float[] source) {
    Elements elements = view.elements();
    JavaArray.FLOATS.checkWrites(elements.type(), view.place());
    checkLength(view, source.length);
    each(
        view,
        (bytes, at, step, from, count) ->
            elements.writeFloats(bytes, at, step, source, from, count));
  }

  /** Stores doubles in {@code f64}. */
  public static void assign(ArrayView view, double[] source) {
    Elements elements = view.elements();
    JavaArray.DOUBLES.checkWrites(elements.type(), view.place());
    checkLength(view, source.length);
    each(
        view,
        (bytes, at, step, from, count) ->
            elements.writeDoubles(bytes, at, step, source, from, count));
  }

  /** Stores ints in an integral type whose range holds every value, or in {@code f64}. */
  public static void assign(ArrayView view, int[] source) {
    Elements elements = view.elements();
    DataType type = elements.type();
    JavaArray.INTS.checkWrites(type, view.place());
    checkLength(view, source.length);
    if (type == DataType.F64) {
      each(
          view,
          (bytes, at, step, from, count) -> {
            for (int i = 0; i < count; i++) {
              elements.putDouble(bytes, at + i * step, source[from + i]);
            }
          });
      return;
    }
    Ranges.check(type, source, view.place());
    if (elements.width() == Integer.BYTES) {
      each(
          view,
          (bytes, at, step, from, count) ->
              elements.writeInts(bytes, at, step, source, from, count));
      return;
    }
    each(
        view,
        (bytes, at, step, from, count) -> {
          for (int i = 0; i < count; i++) {
            elements.putLong(bytes, at + i * step, source[from + i]);
          }
        });
  }

  /** Stores longs in an integral type whose range holds every value. */
  public static void assign(ArrayView view, long[] source) {
    Elements elements = view.elements();
    JavaArray.LONGS.checkWrites(elements.type(), view.place());
    checkLength(view, source.length);
    Ranges.check(elements.type(), source, view.place());
    each(
        view,
        (bytes, at, step, from, count) ->
            elements.writeLongs(bytes, at, step, source, from, count));
  }

  /** Stores bytes in {@code i8}, {@code u8} (the same bits) or {@code bool} (0 or 1). */
  public static void assign(ArrayView view, byte[] source) {
    Elements elements = view.elements();
    JavaArray.BYTES.checkWrites(elements.type(), view.place());
    checkLength(view, source.length);
    if (elements.type() == DataType.BOOL) {
      Ranges.checkBooleans(source, view.place());
    }
    each(
        view,
        (bytes, at, step, from, count) -> {
          if (step == 1) {
            MemorySegment.copy(source, from, bytes, JAVA_BYTE, at, count);
            return;
          }
          for (int i = 0; i < count; i++) {
            bytes.set(JAVA_BYTE, at + i * step, source[from + i]);
          }
        });
  }

  /** Stores one value in every element. */
  public static void fill(ArrayView view, double value) {
    fillBits(view, Ranges.bits(view.elements().type(), value, view.place()));
  }

  /** Stores one value in every element. */
  public static void fill(ArrayView view, long value) {
    fillBits(view, Ranges.bits(view.elements().type(), value, view.place()));
  }

  private static void putBits(ArrayView view, long bits, long... index) {
    Elements elements = view.elements();
    long at = view.region().positionOf(index) * elements.width();
    ArrayFile file = view.file();
    MemorySegment bytes = file.writableBytes();
    try {
      elements.putLong(bytes, at, bits);
    } catch (IllegalStateException | InternalError e) {
      throw file.accessFailure(e);
    }
    file.wrote(at, at + elements.width(), elements.width());
    file.endWrite(1);
  }

  private static void fillBits(ArrayView view, long bits) {
    Elements elements = view.elements().asBits();
    int width = elements.width();
    MemorySegment pattern =
        MemorySegment.ofArray(new long[CopyOut.CHUNK]).asSlice(0, (long) CopyOut.CHUNK * width);
    for (int i = 0; i < CopyOut.CHUNK; i++) {
      elements.putLong(pattern, (long) i * width, bits);
    }
    pieces(
        view,
        CopyOut.CHUNK,
        (bytes, at, step, from, count) -> {
          if (step == width) {
            MemorySegment.copy(pattern, 0, bytes, at, (long) count * width);
            return;
          }
          for (int i = 0; i < count; i++) {
            elements.putLong(bytes, at + i * step, bits);
          }
        });
  }

  private static void each(ArrayView view, RunWriter writer) {
    pieces(view, Integer.MAX_VALUE, writer);
  }

  /** Visits every run in pieces of at most {@code limit} elements, and notes each as written. */
  private static void pieces(ArrayView view, int limit, RunWriter writer) {
    MemorySegment bytes = view.file().writableBytes();
    int width = view.elements().width();
    Runs runs = view.region().runs();
    long from = 0;
    while (runs.hasMore()) {
      int count = runs.remaining(limit);
      try {
        writer.write(bytes, runs.position() * width, runs.step() * width, (int) from, count);
      } catch (IllegalStateException | InternalError e) {
        throw view.file().accessFailure(e);
      } finally {
        view.wrote(runs.position(), runs.step(), count);
      }
      runs.advance(count);
      from += count;
    }
    view.endWrite();
  }

  private static void checkLength(ArrayView view, int length) {
    if (length != view.region().elementCount()) {
      throw new InvalidQueryException(
          view.place(),
          length
              + " values for a region of "
              + view.region().elementCount()
              + " elements, shape "
              + view.region(),
          "Assign exactly one value for each element, in row-major order, or fill with a single"
              + " one.");
    }
  }

  /**
   * Writes a run: {@code count} elements from byte {@code at} on, {@code step} bytes apart, the
   * {@code from}-th of the view on.
   */
  private interface RunWriter {
    void write(MemorySegment bytes, long at, long step, int from, int count);
  }
}
