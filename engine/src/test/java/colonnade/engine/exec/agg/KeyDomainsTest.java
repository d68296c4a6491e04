package colonnade.engine.exec.agg;

import static colonnade.engine.plan.Function.ADD;
import static colonnade.engine.plan.Function.COALESCE;
import static colonnade.engine.plan.Function.DAY_OF_WEEK;
import static colonnade.engine.plan.Function.FLOOR_DIVIDE;
import static colonnade.engine.plan.Function.GREATER;
import static colonnade.engine.plan.Function.HOUR;
import static colonnade.engine.plan.Function.MULTIPLY;
import static colonnade.engine.plan.Function.REMAINDER;
import static colonnade.engine.plan.Function.SUBTRACT;
import static colonnade.engine.plan.Function.YEAR;
import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyDomainsTest {
  private static final Schema SCHEMA =
      Schema.of(
          "id", DataType.I32,
          "big", DataType.I64,
          "day", DataType.DATE,
          "at", DataType.TIMESTAMP_MICROS,
          "flag", DataType.BOOL,
          "x", DataType.F64,
          "text", DataType.UTF8);

  private static final Map<String, KeyDomain> COLUMNS =
      Map.of(
          "id", KeyDomain.of(-5, 100),
          "day", KeyDomain.of(day("1999-12-31"), day("2001-01-01")),
          "at", KeyDomain.of(-1, 86_400_000_000L));

  @Test
  void takesBoundsOfColumnsAndTypes() {
    assertThat(domain(column("id"))).isEqualTo(KeyDomain.of(-5, 100));
    assertThat(domain(column("flag"))).isEqualTo(KeyDomain.of(0, 1));
    assertThat(domain(column("big"))).isNull();
    assertThat(domain(column("x"))).isNull();
    assertThat(domain(column("text"))).isNull();
  }

  @Test
  void knowsThePartsOfDates() {
    assertThat(domain(call(HOUR, column("at")))).isEqualTo(KeyDomain.of(0, 23));
    assertThat(domain(call(DAY_OF_WEEK, column("day")))).isEqualTo(KeyDomain.of(1, 7));
    assertThat(domain(call(YEAR, column("day")))).isEqualTo(KeyDomain.of(1999, 2001));
    assertThat(domain(call(YEAR, column("at")))).isEqualTo(KeyDomain.of(1969, 1970));
  }

  @Test
  void computesBoundsOfIntegerArithmetic() {
    assertThat(domain(call(ADD, column("id"), number(7)))).isEqualTo(KeyDomain.of(2, 107));
    assertThat(domain(call(SUBTRACT, number(0), column("id")))).isEqualTo(KeyDomain.of(-100, 5));
    assertThat(domain(call(MULTIPLY, column("id"), number(3)))).isEqualTo(KeyDomain.of(-15, 300));
    assertThat(domain(call(FLOOR_DIVIDE, column("id"), number(10))))
        .isEqualTo(KeyDomain.of(-1, 10));
    assertThat(domain(call(REMAINDER, column("big"), number(10)))).isEqualTo(KeyDomain.of(-9, 9));
    assertThat(domain(call(ADD, column("id"), number(Long.MAX_VALUE)))).isNull();
    assertThat(domain(call(ADD, column("day"), number(1))))
        .isEqualTo(KeyDomain.of(Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void unitesTheBranchesOfAChoice() {
    Expression choice =
        new Expression.Case(
            List.of(new Expression.Branch(call(GREATER, column("id"), number(3)), number(1000))),
            column("id"));
    assertThat(domain(choice)).isEqualTo(KeyDomain.of(-5, 1000));
    assertThat(domain(call(COALESCE, column("id"), number(-50)))).isEqualTo(KeyDomain.of(-50, 100));
    assertThat(domain(call(GREATER, column("id"), number(3)))).isEqualTo(KeyDomain.of(0, 1));
  }

  @Test
  void castsBetweenDatesAndTimestampsAsValuesChange() {
    assertThat(domain(new Expression.Cast(column("at"), DataType.DATE, false)))
        .isEqualTo(KeyDomain.of(-1, 1));
    assertThat(domain(new Expression.Cast(column("day"), DataType.TIMESTAMP_MICROS, false)))
        .isNull();
    assertThat(domain(new Expression.Cast(column("id"), DataType.I64, false)))
        .isEqualTo(KeyDomain.of(-5, 100));
    assertThat(domain(new Expression.Cast(column("id"), DataType.F64, false))).isNull();
  }

  @Test
  void sizesSaturate() {
    assertThat(KeyDomain.of(0, 22).size()).isEqualTo(23);
    assertThat(KeyDomain.of(Long.MIN_VALUE, Long.MAX_VALUE).size()).isEqualTo(Long.MAX_VALUE);
    assertThat(KeyDomain.of(-2, Long.MAX_VALUE).size()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void choosesTheWayToGroupByDomainsAndRows() {
    GroupKey small = new GroupKey(DataType.I32, KeyDomain.of(1, 100));
    GroupKey wide = new GroupKey(DataType.I32, KeyDomain.of(1, 100_000));
    GroupKey text = new GroupKey(DataType.UTF8, null);
    assertThat(GroupingChoice.of(List.of(), -1, true)).isInstanceOf(GroupingChoice.Slots.class);
    assertThat(GroupingChoice.of(List.of(small, small), -1, true))
        .isInstanceOf(GroupingChoice.Slots.class);
    assertThat(GroupingChoice.of(List.of(wide), 10_000_000, true))
        .isInstanceOf(GroupingChoice.Slots.class);
    assertThat(GroupingChoice.of(List.of(wide), 1_000_000, true))
        .isInstanceOf(GroupingChoice.Packed.class);
    assertThat(GroupingChoice.of(List.of(small, small, wide, small, small, wide), 10_000_000, true))
        .isInstanceOf(GroupingChoice.Packed.class);
    GroupKey wider = new GroupKey(DataType.I32, KeyDomain.of(1, 1_000_000));
    List<GroupKey> six = List.of(small, small, wider, small, small, wider);
    assertThat(GroupingChoice.of(six, 100_000_000, true))
        .isInstanceOfSatisfying(
            GroupingChoice.Packed.class, packed -> assertThat(packed.apartKey()).isZero());
    assertThat(GroupingChoice.of(six, 100_000_000, false))
        .isInstanceOf(GroupingChoice.Hashed.class);
    assertThat(GroupingChoice.of(six, 1_000_000, true)).isInstanceOf(GroupingChoice.Hashed.class);
    assertThat(GroupingChoice.of(List.of(small, text), 10_000_000, true))
        .isInstanceOf(GroupingChoice.Hashed.class);
    for (KeyDomain tooWide :
        List.of(KeyDomain.of(Long.MIN_VALUE, Long.MAX_VALUE), KeyDomain.of(-2, Long.MAX_VALUE))) {
      assertThat(GroupingChoice.of(List.of(new GroupKey(DataType.I64, tooWide)), 10_000_000, true))
          .isInstanceOf(GroupingChoice.Hashed.class);
    }
  }

  private static @Nullable KeyDomain domain(Expression expression) {
    return KeyDomains.of(expression, SCHEMA, COLUMNS::get);
  }

  private static Expression column(String name) {
    return new Expression.Column(name);
  }

  private static Expression number(long value) {
    return new Expression.Literal(DataType.I64, value);
  }

  private static Expression call(Function function, Expression... arguments) {
    return Expression.Call.of(function, arguments);
  }

  private static long day(String date) {
    return LocalDate.parse(date).toEpochDay();
  }
}
