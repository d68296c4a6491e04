package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.kernel.ConstantSet;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Constants among plain integers, or codes among codes. Values of one or two bytes are looked up in
 * a table by their bits, wider ones in a table of bits where the constants lie close together.
 */
final class IntegerMembers implements Members {
  /** 128 KiB of bits stay near the processor. */
  private static final long WIDEST_BITS = 1 << 20;

  private final long[] lows;
  private final long[] highs;
  private final long least;
  private final byte @Nullable [] table;
  private byte @Nullable [] others;
  private final long @Nullable [] bits;
  private final @Nullable ConstantSet set;
  private final Passes passes = new Passes();

  /**
   * A set of constants.
   *
   * @param constants in increasing order, each once; within {@code layout}
   * @param layout the type whose plain layout the vectors have
   */
  IntegerMembers(long[] constants, DataType layout) {
    int runs = 0;
    long[] ends = new long[constants.length];
    long[] starts = new long[constants.length];
    for (int i = 0; i < constants.length; i++) {
      if (i == 0 || constants[i] - 1 != constants[i - 1]) {
        starts[runs++] = constants[i];
      }
      ends[runs - 1] = constants[i];
    }
    lows = Arrays.copyOf(starts, runs);
    highs = Arrays.copyOf(ends, runs);
    least = runs == 0 ? 0 : lows[0];
    long span = runs == 0 ? 0 : highs[runs - 1] - least;
    boolean close = span >= 0 && span < WIDEST_BITS;
    boolean narrow = layout.widthBytes() < Integer.BYTES;
    table = narrow ? table(constants, layout.widthBytes()) : null;
    bits = !narrow && close ? bits(constants, (int) span) : null;
    set = narrow || close ? null : new ConstantSet(constants);
  }

  private static byte[] table(long[] constants, int widthBytes) {
    byte[] table = new byte[1 << 8 * widthBytes];
    for (long constant : constants) {
      table[(int) constant & table.length - 1] = 1;
    }
    return table;
  }

  /** A bit per integer from the least constant on, and at least one more. */
  private static long[] bits(long[] constants, int span) {
    long[] bits = new long[(span + 1 >> 6) + 1];
    for (long constant : constants) {
      int bit = (int) (constant - constants[0]);
      bits[bit >> 6] |= 1L << bit;
    }
    return bits;
  }

  @Override
  public void narrow(Kernels kernels, Vector values, Selection rows, boolean negate) {
    if (lows.length == 0) {
      if (!negate) {
        rows.setList(rows.size(), 0);
      }
      return;
    }
    if (rows.isEmpty()) {
      return;
    }
    Vector integers = values.isNumberCoded() ? values.codes() : values;
    if (lows.length == 1) {
      SelectionKernels.range(kernels, integers, rows, lows[0], highs[0], negate);
      return;
    }
    if (integers.type().widthBytes() == 1 && kernels.codeMasksFast()
        || !Members.takesPasses(lows.length, kernels.masksFast(integers.type()), rows)) {
      lookUp(kernels, integers, rows, negate);
      return;
    }
    passes.narrow(
        lows.length,
        (pass, some) ->
            SelectionKernels.range(kernels, integers, some, lows[pass], highs[pass], false),
        rows,
        negate);
  }

  private void lookUp(Kernels kernels, Vector integers, Selection rows, boolean negate) {
    byte[] byBits = table;
    if (byBits != null) {
      SelectionKernels.codes(kernels, integers, rows, negate ? others(byBits) : byBits);
      return;
    }
    MemorySegment data = integers.data();
    long at = integers.dataOffset();
    int n = rows.count();
    int[] in = rows.listOrNull();
    int[] out = rows.rows();
    long[] close = bits;
    int kept =
        switch (integers.type()) {
          case I32, DATE ->
              close != null
                  ? kernels.selectBitsI32(data, at, least, close, negate, in, n, out)
                  : kernels.selectSetI32(data, at, any(), negate, in, n, out);
          case U32 ->
              close != null
                  ? kernels.selectBitsU32(data, at, least, close, negate, in, n, out)
                  : kernels.selectSetU32(data, at, any(), negate, in, n, out);
          default ->
              close != null
                  ? kernels.selectBitsI64(data, at, least, close, negate, in, n, out)
                  : kernels.selectSetI64(data, at, any(), negate, in, n, out);
        };
    rows.setList(rows.size(), kept);
  }

  private ConstantSet any() {
    return Objects.requireNonNull(set);
  }

  private byte[] others(byte[] byBits) {
    byte[] known = others;
    if (known == null) {
      known = new byte[byBits.length];
      for (int i = 0; i < known.length; i++) {
        known[i] = (byte) (1 - byBits[i]);
      }
      others = known;
    }
    return known;
  }
}
