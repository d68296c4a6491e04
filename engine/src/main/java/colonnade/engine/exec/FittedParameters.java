package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.plan.AggregateSplit;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.Scaling;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The offsets and scales of a {@link Plan.Normalize}: constants for columns scaled as a whole,
 * columns to be looked up by group keys for the others.
 */
final class FittedParameters {
  private final List<Plan.Scaled> columns;
  private final Expression[] offsets;
  private final Expression[] scales;
  private final List<GroupLookup> lookups = new ArrayList<>();

  private FittedParameters(List<Plan.Scaled> columns) {
    this.columns = columns;
    this.offsets = new Expression[columns.size()];
    this.scales = new Expression[columns.size()];
  }

  /** Fits all columns over the rows of {@code input}. */
  static FittedParameters fit(QueryContext context, Plan.Normalize normalize, Pipeline input) {
    FittedParameters fitted = new FittedParameters(normalize.columns());
    Map<List<Expression>, List<Integer>> byKeys = new LinkedHashMap<>();
    for (int c = 0; c < fitted.columns.size(); c++) {
      byKeys.computeIfAbsent(fitted.columns.get(c).by(), k -> new ArrayList<>()).add(c);
    }
    byKeys.forEach((keys, members) -> fitted.fitGroup(context, normalize, input, keys, members));
    return fitted;
  }

  /** The offset of column {@code c}, over the columns of {@link #lookUp}. */
  Expression offset(int c) {
    return offsets[c];
  }

  /** The scale of column {@code c}, over the columns of {@link #lookUp}. */
  Expression scale(int c) {
    return scales[c];
  }

  /** {@code input} with the looked-up parameters as further columns. */
  Pipeline lookUp(Pipeline input) {
    Pipeline result = input;
    for (GroupLookup lookup : lookups) {
      result = lookup.addTo(result);
    }
    return result;
  }

  private void fitGroup(
      QueryContext context,
      Plan.Normalize normalize,
      Pipeline input,
      List<Expression> keys,
      List<Integer> members) {
    List<Named> statistics = new ArrayList<>();
    for (int c : members) {
      statistics.addAll(NormalizeStep.statistics(columns.get(c), c, input.schema()));
    }
    List<Named> namedKeys = new ArrayList<>();
    for (int k = 0; k < keys.size(); k++) {
      namedKeys.add(new Named("\0by" + k, keys.get(k)));
    }
    Plan.Aggregate plan = Plan.Aggregate.of(normalize.input(), namedKeys, statistics);
    AggregateSplit split = AggregateSplit.of(statistics, input.schema());
    MemoryTable table = new AggregateStep(context).runToTable(plan, split, input);
    List<ParameterColumn> parameters = new ArrayList<>();
    int at = keys.size();
    for (int c : members) {
      Scaling scaling = columns.get(c).scaling();
      int count = scaling.statistics(columns.get(c).input()).size();
      parameters.add(new ParameterColumn(c, scaling, at, count));
      at += count;
    }
    if (keys.isEmpty()) {
      for (ParameterColumn parameter : parameters) {
        double[] values = parameter.of(table.blocks().get(0), 0);
        offsets[parameter.column] = new Expression.Literal(DataType.F64, values[0]);
        scales[parameter.column] = new Expression.Literal(DataType.F64, values[1]);
        context.fitted(
            columns.get(parameter.column),
            new FittedScaling(parameter.scaling.kind(), values[0], values[1]));
      }
    } else {
      lookUpByGroup(context, table, keys, parameters);
    }
  }

  private void lookUpByGroup(
      QueryContext context,
      MemoryTable groups,
      List<Expression> keys,
      List<ParameterColumn> parameters) {
    QueryMemory.Region region = context.memory().region();
    List<MemoryTable.Rows> blocks = new ArrayList<>();
    for (MemoryTable.Rows rows : groups.blocks()) {
      Vector[] vectors = new Vector[keys.size() + 2 * parameters.size()];
      System.arraycopy(rows.vectors(), 0, vectors, 0, keys.size());
      for (int p = 0; p < parameters.size(); p++) {
        ColumnBuilder offset = new ColumnBuilder(DataType.F64, region);
        ColumnBuilder scale = new ColumnBuilder(DataType.F64, region);
        for (int row = 0; row < rows.rowCount(); row++) {
          double[] values = parameters.get(p).of(rows, row);
          offset.appendDouble(values[0]);
          scale.appendDouble(values[1]);
        }
        vectors[keys.size() + 2 * p] = offset.vector(0);
        vectors[keys.size() + 2 * p + 1] = scale.vector(0);
      }
      blocks.add(new MemoryTable.Rows(rows.rowCount(), vectors));
    }
    for (int p = 0; p < parameters.size(); p++) {
      Plan.Scaled column = columns.get(parameters.get(p).column);
      context.fitted(
          column,
          new FittedGroups(
              column.scaling().kind(), keys, only(groups.schema(), blocks, keys.size(), p)));
    }
    List<String> names = new ArrayList<>();
    for (ParameterColumn parameter : parameters) {
      String offset = "\0offset" + parameter.column;
      String scale = "\0scale" + parameter.column;
      offsets[parameter.column] = new Expression.Column(offset);
      scales[parameter.column] = new Expression.Column(scale);
      names.add(offset);
      names.add(scale);
    }
    lookups.add(GroupLookup.of(context, keys, groups.schema(), names, blocks));
  }

  /** The keys with offset and scale of parameter {@code p} alone. */
  private static MemoryTable only(
      Schema groups, List<MemoryTable.Rows> blocks, int keyCount, int p) {
    List<Field> fields = new ArrayList<>(groups.fields().subList(0, keyCount));
    fields.add(new Field("\0offset", DataType.F64));
    fields.add(new Field("\0scale", DataType.F64));
    List<MemoryTable.Rows> own = new ArrayList<>();
    for (MemoryTable.Rows rows : blocks) {
      Vector[] vectors = Arrays.copyOf(rows.vectors(), keyCount + 2);
      vectors[keyCount] = rows.vectors()[keyCount + 2 * p];
      vectors[keyCount + 1] = rows.vectors()[keyCount + 2 * p + 1];
      own.add(new MemoryTable.Rows(rows.rowCount(), vectors));
    }
    return new MemoryTable("groups", new Schema(fields), own, () -> {});
  }

  /** Where the statistics of one scaled column stand in the fitted table. */
  private record ParameterColumn(int column, Scaling scaling, int first, int count) {
    double[] of(MemoryTable.Rows rows, int row) {
      double[] statistics = new double[count];
      for (int s = 0; s < count; s++) {
        Vector vector = rows.vectors()[first + s];
        statistics[s] = vector.isNull(row) ? Double.NaN : vector.doubleAt(row);
      }
      return NormalizeStep.parameters(scaling, statistics);
    }
  }
}
