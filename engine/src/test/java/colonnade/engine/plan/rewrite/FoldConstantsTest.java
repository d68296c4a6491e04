package colonnade.engine.plan.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Typing;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldConstantsTest {
  private static final Schema SCHEMA =
      Schema.of("flag", DataType.BOOL, "x", DataType.I32, "y", DataType.F64, "s", DataType.UTF8);

  private final Expression flag = new Expression.Column("flag");
  private final Expression x = new Expression.Column("x");
  private final Expression yes = new Expression.Literal(DataType.BOOL, true);
  private final Expression no = new Expression.Literal(DataType.BOOL, false);

  @Test
  void computesWhatIsTheSameInEveryRow() {
    assertThat(fold(call(Function.ADD, x, call(Function.MULTIPLY, number(6), number(7)))))
        .isEqualTo("(x + 42)");
    assertThat(fold(call(Function.UPPER, text("abc")))).isEqualTo("'ABC'");
    assertThat(fold(call(Function.SQRT, number(2)))).isEqualTo("1.4142135623730951");
    assertThat(fold(cast(text("2012-02-29"), DataType.DATE))).isEqualTo("2012-02-29");
    assertThat(fold(call(Function.LESS, number(1), number(2)))).isEqualTo("true");
    assertThat(fold(call(Function.EQUAL, number(1), new Expression.Literal(null, null))))
        .isEqualTo("null");
  }

  @Test
  void leavesErrorsToTheRowsThatNeedTheValue() {
    Expression bad = cast(text("abc"), DataType.I64);
    assertThat(fold(call(Function.ADD, x, bad))).isEqualTo("(x + cast('abc' as i64))");
    Expression overflow = call(Function.ADD, number(Long.MAX_VALUE), number(1));
    assertThat(fold(overflow)).isEqualTo("(9223372036854775807 + 1)");
  }

  @Test
  void decidesConditionsByTheirConstantSide() {
    assertThat(fold(call(Function.AND, yes, flag))).isEqualTo("flag");
    assertThat(fold(call(Function.AND, flag, yes))).isEqualTo("flag");
    assertThat(fold(call(Function.AND, flag, no))).isEqualTo("false");
    assertThat(fold(call(Function.OR, flag, yes))).isEqualTo("true");
    assertThat(fold(call(Function.OR, no, flag))).isEqualTo("flag");
    assertThat(fold(call(Function.XOR, no, flag))).isEqualTo("flag");
    assertThat(fold(call(Function.NOT, call(Function.NOT, flag)))).isEqualTo("flag");
    assertThat(fold(call(Function.AND, call(Function.LESS, number(1), number(2)), flag)))
        .isEqualTo("flag");
  }

  @Test
  void dropsBranchesThatAreNeverTaken() {
    Expression choice =
        new Expression.Case(
            List.of(
                new Expression.Branch(no, number(1)),
                new Expression.Branch(flag, number(2)),
                new Expression.Branch(yes, number(3)),
                new Expression.Branch(flag, number(4))),
            number(5));
    assertThat(fold(choice)).isEqualTo("case when flag then 2 else 3 end");
  }

  @Test
  void keepsTheTypeOfAChoiceWhoseWiderBranchIsDropped() {
    Expression choice =
        new Expression.Case(
            List.of(new Expression.Branch(no, new Expression.Literal(DataType.F64, 1.5))), x);
    assertThat(Typing.typeOf(ConstantFolding.fold(choice, SCHEMA), SCHEMA)).isEqualTo(DataType.F64);
    assertThat(fold(choice)).isEqualTo("cast(x as f64)");
  }

  @Test
  void endsCoalesceAtItsFirstConstant() {
    Expression nothing = new Expression.Literal(DataType.I32, null);
    assertThat(fold(call(Function.COALESCE, nothing, x, number(7), x))).isEqualTo("coalesce(x, 7)");
    assertThat(fold(call(Function.COALESCE, nothing, x))).isEqualTo("x");
  }

  @Test
  void dropsCastsToTheSameType() {
    assertThat(fold(cast(x, DataType.I32))).isEqualTo("x");
    assertThat(fold(cast(x, DataType.I64))).isEqualTo("cast(x as i64)");
  }

  private static String fold(Expression expression) {
    return ExpressionText.of(ConstantFolding.fold(expression, SCHEMA));
  }

  private static Expression call(Function function, Expression... arguments) {
    return Expression.Call.of(function, arguments);
  }

  private static Expression cast(Expression input, DataType type) {
    return new Expression.Cast(input, type, false);
  }

  private static Expression number(long value) {
    return new Expression.Literal(DataType.I64, value);
  }

  private static Expression text(String value) {
    return new Expression.Literal(DataType.UTF8, value);
  }
}
