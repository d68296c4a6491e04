package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Typing;
import java.util.ArrayList;
import java.util.List;

/** Schemas of rows that carry computed keys beside their columns. */
final class KeySchema {
  private KeySchema() {}

  /**
   * {@code input} and a column with a name of its own for each further one of {@code expressions},
   * whose first are the input's columns.
   */
  static Schema extend(Schema input, List<Expression> expressions) {
    List<Field> fields = new ArrayList<>(input.fields());
    for (int i = input.size(); i < expressions.size(); i++) {
      fields.add(
          new Field("\0key" + i, Typing.typeOfRowExpression(expressions.get(i), input, "key")));
    }
    return new Schema(fields);
  }

  /**
   * A column named {@code "\0" + prefix + position} for each of {@code expressions} over {@code
   * input}.
   */
  static Schema of(Schema input, List<Expression> expressions, String prefix) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < expressions.size(); i++) {
      fields.add(
          new Field(
              "\0" + prefix + i, Typing.typeOfRowExpression(expressions.get(i), input, prefix)));
    }
    return new Schema(fields);
  }

  /** The type of {@code expression} over {@code input}. */
  static DataType type(Expression expression, Schema input) {
    return Typing.typeOfRowExpression(expression, input, "argument");
  }
}
