package colonnade.engine.exec.expr;

import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A comparison of plain text or binary with a constant, answered where the values lie. */
interface TextTest {
  /** Narrows to the rows, none of them null, that pass, or to the others. */
  void keep(Kernels kernels, Vector values, boolean negate, Selection rows);

  /**
   * The test that {@code operation} comes to if argument {@code variable} varies and the other is
   * {@code constant}; null if there is none.
   */
  static @Nullable TextTest of(TextOperation operation, int variable, TextBuffer constant) {
    byte[] wanted = Arrays.copyOf(constant.bytes(), constant.length());
    boolean first = variable == 0;
    boolean equality = operation == TextFunctions.EQUALITY;
    if (wanted.length == 0 && (equality || operation == TextFunctions.INEQUALITY)) {
      return new EmptyText(!equality);
    }
    if (equality) {
      return new AnchoredText(wanted, true, true, false);
    }
    if (operation == TextFunctions.INEQUALITY) {
      return new AnchoredText(wanted, true, true, true);
    }
    if (operation == TextFunctions.LESS) {
      return new OrderedText(wanted, first ? -1 : 1, false);
    }
    if (operation == TextFunctions.LESS_OR_EQUAL) {
      return new OrderedText(wanted, first ? -1 : 1, true);
    }
    if (operation == TextFunctions.GREATER) {
      return new OrderedText(wanted, first ? 1 : -1, false);
    }
    if (operation == TextFunctions.GREATER_OR_EQUAL) {
      return new OrderedText(wanted, first ? 1 : -1, true);
    }
    if (!first) {
      return null;
    }
    if (operation == TextFunctions.STARTS_WITH) {
      return new AnchoredText(wanted, true, false, false);
    }
    if (operation == TextFunctions.ENDS_WITH) {
      return new AnchoredText(wanted, false, true, false);
    }
    return operation == TextFunctions.CONTAINS ? new ContainedText(wanted) : null;
  }
}
