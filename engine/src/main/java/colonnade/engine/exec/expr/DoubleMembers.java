package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.kernel.ConstantSet;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.util.Arrays;

/** Constants among plain floating-point values. */
final class DoubleMembers implements Members {
  private final double[] constants;
  private final ConstantSet set;
  private final Passes passes = new Passes();

  /** Distinct constants, of which none is NaN or -0.0. */
  DoubleMembers(double[] constants) {
    this.constants = constants;
    this.set =
        new ConstantSet(Arrays.stream(constants).mapToLong(Double::doubleToRawLongBits).toArray());
  }

  @Override
  public void narrow(Kernels kernels, Vector values, Selection rows, boolean negate) {
    if (rows.isEmpty()) {
      return;
    }
    if (Members.takesPasses(constants.length, kernels.masksFast(values.type()), rows)) {
      passes.narrow(
          constants.length,
          (pass, some) ->
              SelectionKernels.range(
                  kernels, values, some, constants[pass], constants[pass], false),
          rows,
          negate);
      return;
    }
    int n = rows.count();
    int[] in = rows.listOrNull();
    int[] out = rows.rows();
    rows.setList(
        rows.size(),
        values.type() == DataType.F32
            ? kernels.selectSetF32(values.data(), values.dataOffset(), set, negate, in, n, out)
            : kernels.selectSetF64(values.data(), values.dataOffset(), set, negate, in, n, out));
  }
}
