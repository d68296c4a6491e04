package colonnade.engine.store;

import colonnade.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Writes numbers that codes stood for as plain values of their type. */
public final class PlainNumbers {
  private PlainNumbers() {}

  /** Appends the first {@code n} of {@code numbers} as values of {@code type}. */
  static void append(AppendFile file, DataType type, NumberCode code, long[] numbers, int n) {
    int width = type.widthBytes();
    int done = 0;
    while (done < n) {
      int m = Math.min(n - done, file.room() / width);
      put(file.buffer(), file.position(), type, code, numbers, done, m);
      file.advance(m * width);
      done += m;
    }
  }

  /** The first {@code n} rows of a vector of codes as a plain vector on the heap. */
  public static Vector decode(Vector encoded, int n) {
    NumberCode code = Objects.requireNonNull(encoded.numberCode());
    long[] numbers = new long[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = code.longOf(Integer.toUnsignedLong(encoded.code(i)));
    }
    DataType type = encoded.type();
    MemorySegment values =
        MemorySegment.ofArray(new byte[Math.multiplyExact(n, type.widthBytes())]);
    put(values, 0, type, code, numbers, 0, n);
    return Vector.fixed(type, values, 0, encoded.validity(), encoded.validityOffset());
  }

  /** Puts {@code n} of {@code numbers}, from {@code first} on, as values of {@code type}. */
  static void put(
      MemorySegment target,
      long at,
      DataType type,
      NumberCode code,
      long[] numbers,
      int first,
      int n) {
    switch (type.widthBytes()) {
      case 2 -> {
        for (int i = 0; i < n; i++) {
          target.set(Layouts.SHORT, at + 2L * i, (short) numbers[first + i]);
        }
      }
      case 4 -> {
        for (int i = 0; i < n; i++) {
          target.set(Layouts.INT, at + 4L * i, (int) numbers[first + i]);
        }
      }
      default -> {
        double divisor = code.divisor();
        for (int i = 0; i < n; i++) {
          long number = numbers[first + i];
          target.set(
              Layouts.LONG,
              at + 8L * i,
              type == DataType.F64 ? Double.doubleToRawLongBits(number / divisor) : number);
        }
      }
    }
  }
}
