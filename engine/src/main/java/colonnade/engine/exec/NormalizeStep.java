package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.Scaling;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits the parameters of a {@link Plan.Normalize} in passes over its input, and continues the
 * input's pipeline with the scaling itself. Columns scaled as a whole are fitted together in one
 * pass; each set of group keys takes one more.
 */
final class NormalizeStep {
  private NormalizeStep() {}

  /** The input's rows with the scaled columns. */
  static Pipeline of(QueryContext context, Plan.Normalize normalize, Pipeline input) {
    FittedParameters fitted = FittedParameters.fit(context, normalize, input);
    List<Expression> expressions = new ArrayList<>();
    input.schema().names().forEach(name -> expressions.add(new Expression.Column(name)));
    Pipeline pipeline = fitted.lookUp(input);
    for (int c = 0; c < normalize.columns().size(); c++) {
      Expression x = new Expression.Cast(normalize.columns().get(c).input(), DataType.F64, false);
      Expression centred = Expression.Call.of(Function.SUBTRACT, x, fitted.offset(c));
      expressions.add(Expression.Call.of(Function.DIVIDE, centred, fitted.scale(c)));
    }
    return Compiler.project(pipeline, expressions, normalize.schema());
  }

  /**
   * The aggregates that fit {@code column}, named by the column's position and their own; NaN
   * counts as missing.
   */
  static List<Named> statistics(Plan.Scaled column, int position, Schema schema) {
    Expression input = new Expression.Cast(column.input(), DataType.F64, false);
    Expression present =
        Expression.Call.of(Function.FILL_NAN, input, new Expression.Literal(DataType.F64, null));
    List<Named> named = new ArrayList<>();
    for (Expression.Aggregate aggregate : column.scaling().statistics(present)) {
      named.add(new Named("\0fit" + position + "_" + named.size(), aggregate));
    }
    return named;
  }

  /**
   * Offset and scale from fitted statistics; a column without values leaves its nulls as they are.
   */
  static double[] parameters(Scaling scaling, double[] statistics) {
    for (double statistic : statistics) {
      if (Double.isNaN(statistic)) {
        return new double[] {0, 1};
      }
    }
    return new double[] {scaling.offset(statistics), scaling.scale(statistics)};
  }
}
