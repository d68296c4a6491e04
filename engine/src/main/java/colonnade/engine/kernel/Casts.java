package colonnade.engine.kernel;

/** Flags of casts that can lose something; see {@link Kernels#castF64ToI64}. */
public final class Casts {
  /** A value lies outside the target type, or is NaN and the target an integer. */
  public static final int OUT_OF_RANGE = 1;

  /** A value had a fraction, which was cut off. */
  public static final int FRACTION = 2;

  private Casts() {}
}
