package colonnade.engine.kernel;

/**
 * The total order of f64 as signed longs, of f32 as signed ints: negative infinity, …, -0.0, 0.0,
 * …, infinity; NaNs lie beyond both ends, each by its sign.
 */
public final class Order {
  private Order() {}

  /** A number that compares with others as {@code value} does; all bits of NaN are kept. */
  public static long key(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits ^ bits >> 63 >>> 1;
  }

  /** The same for f32, as an int. */
  public static int key(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits ^ bits >> 31 >>> 1;
  }

  /** The value of a key. */
  public static double value(long key) {
    return Double.longBitsToDouble(key ^ key >> 63 >>> 1);
  }

  /** The value of an f32's key. */
  public static float value(int key) {
    return Float.intBitsToFloat(key ^ key >> 31 >>> 1);
  }
}
