package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.JoinKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns looked up by group keys, where a null key is a group like any other: a join whose build
 * side has each group once.
 */
record GroupLookup(
    JoinBuild build, List<Expression> keys, List<DataType> keyTypes, List<String> names) {
  /**
   * A lookup in {@code blocks}, whose columns are the keys and then one f64 column for each of
   * {@code names}.
   *
   * @param groups a schema that starts with the keys
   */
  static GroupLookup of(
      QueryContext context,
      List<Expression> keys,
      Schema groups,
      List<String> names,
      List<MemoryTable.Rows> blocks) {
    List<Field> fields = new ArrayList<>(groups.fields().subList(0, keys.size()));
    names.forEach(name -> fields.add(new Field(name, DataType.F64)));
    JoinBuild build = JoinBuild.of(context, new Schema(fields), keys.size(), true, blocks);
    List<DataType> keyTypes = fields.subList(0, keys.size()).stream().map(Field::type).toList();
    return new GroupLookup(build, keys, keyTypes, names);
  }

  /** {@code input} with the looked-up columns after its own. */
  Pipeline addTo(Pipeline input) {
    List<Field> fields = new ArrayList<>(input.schema().fields());
    names.forEach(name -> fields.add(new Field(name, DataType.F64)));
    return JoinStep.probe(input, keys, keyTypes, build, JoinKind.LEFT, new Schema(fields));
  }
}
