package colonnade.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Expr;
import colonnade.Field;
import colonnade.Schema;
import colonnade.Table;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Typing;
import colonnade.error.ComputationException;
import colonnade.error.TypeMismatchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every cast that passes the type check, lenient and strict. */
class CastOracleTest {
  private static final String[] TEXTS = {
    "0",
    "-17",
    "+7",
    " 42\t",
    "300",
    "-129",
    "65536",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "",
    " ",
    "-",
    ".",
    "1.",
    ".5",
    "3.25",
    "-0",
    "-0.0",
    "1e3",
    "1E-7",
    "2.5e+10",
    "0.1",
    "1.7976931348623157e308",
    "4.9e-324",
    "16777217",
    "nan",
    "NaN",
    "-inf",
    "Infinity",
    "+infinity",
    "infinit",
    "1_000",
    "1.5d",
    "0x10",
    "true",
    "T",
    "YES",
    "y",
    "no",
    "False",
    "n",
    "2012-02-29",
    "2011-02-29",
    "2012-13-01",
    "2012-01-01T10:20:30.123456",
    "1969-12-31 23:59:59.999999",
    "0001-01-01",
    "2012-01-01T10:20:30Z",
    "2012-01-01 10:20",
    "2012-01-01 25:00:00",
    "9999-12-31",
    "2012-1-1",
    "abc",
    "ä",
    "123456789012345678",
    "0.30000000000000004",
    "3.4028235e38",
    "1e39"
  };

  @TempDir Path folder;

  @Test
  void lenientCastsAgreeWithDuckDb() {
    try (OracleCheck check = new OracleCheck(folder)) {
      check.everyStorage(
          data(check),
          (table, data) -> {
            List<String> failures = new ArrayList<>();
            for (Expression cast : casts(data.schema())) {
              try {
                agrees(check, table, data, (Expression.Cast) cast);
              } catch (AssertionError | RuntimeException e) {
                failures.add(e.toString());
              }
            }
            assertThat(failures).isEmpty();
          });
    }
  }

  @Test
  void strictCastsFailWhereLenientOnesGiveNull() {
    try (OracleCheck check = new OracleCheck(folder)) {
      check.oneStorage(
          data(check),
          (table, data) -> {
            for (Expression lenient : casts(data.schema())) {
              Expression input = ((Expression.Cast) lenient).input();
              Expression strict =
                  new Expression.Cast(input, ((Expression.Cast) lenient).type(), false);
              Expr holds = new Expr(lenient).isNotNull();
              var good = table.filter(holds).select(new Expr(lenient).as("x"));
              var same = table.filter(holds).select(new Expr(strict).as("x"));
              Cells.requireSame(
                  Cells.of(same), Cells.of(good), OracleCheck.exact(1), strict.toString());
              boolean fails =
                  table
                          .filter(new Expr(input).isNotNull().and(new Expr(lenient).isNull()))
                          .limit(1)
                          .collect()
                          .rowCount()
                      > 0;
              boolean failed = false;
              try {
                Cells.of(table.select(new Expr(strict).as("x")));
              } catch (ComputationException e) {
                failed = true;
              }
              assertThat(failed).as(new Expr(strict).toString()).isEqualTo(fails);
            }
          });
    }
  }

  private static OracleTable data(OracleCheck check) {
    List<Field> fields = new ArrayList<>(RandomTables.everyType().fields());
    fields.add(new Field("number", DataType.UTF8));
    OracleTable random = RandomTables.of(new Schema(fields), 500, check.random);
    Object[] texts = random.columns().getLast();
    for (int r = 0; r < texts.length; r++) {
      texts[r] =
          r < TEXTS.length
              ? TEXTS[r]
              : texts[r] == null ? null : TEXTS[check.random.nextInt(TEXTS.length)];
    }
    return random;
  }

  private static List<Expression> casts(Schema schema) {
    List<Expression> casts = new ArrayList<>();
    for (Field field : schema.fields()) {
      for (DataType to : DataType.values()) {
        // Integers as timestamps pass the years that DuckDB knows; those of "n" do not.
        boolean tooFar =
            field.type() == DataType.I64 && to.isTemporal() && !field.name().equals("n");
        boolean tooFarDate =
            to == DataType.DATE && List.of("i32", "u32").contains(field.type().label());
        Expression cast = new Expression.Cast(FunctionCases.col(field.name()), to, true);
        if (!tooFar && !tooFarDate && !field.name().endsWith("_2") && passes(cast, schema)) {
          casts.add(cast);
        }
      }
    }
    assertThat(casts).hasSizeGreaterThan(100);
    return casts;
  }

  private static boolean passes(Expression cast, Schema schema) {
    try {
      return Typing.typeOf(cast, schema) != null;
    } catch (TypeMismatchException e) {
      return false;
    }
  }

  private static void agrees(
      OracleCheck check, Table table, OracleTable data, Expression.Cast cast) {
    DataType from = Typing.typeOf(cast.input(), data.schema());
    if (!from.isFloating() || cast.type() != DataType.UTF8) {
      check.values(table, data, List.of(cast));
      return;
    }
    // Digits are chosen as Java does; DuckDB must read the same number out of them.
    String name = ((Expression.Column) cast.input()).name();
    List<Object[]> ours = Cells.of(table.select(new Expr(cast).as("x")));
    List<Object[]> theirs =
        check.db.query("select \"" + name + "\" from t order by rid", List.of(DataType.F64));
    for (Object[] row : theirs) {
      row[0] =
          row[0] == null
              ? null
              : from == DataType.F32
                  ? Float.toString((float) (double) (Double) row[0])
                  : row[0].toString();
    }
    Cells.requireSame(ours, theirs, OracleCheck.exact(1), new Expr(cast).toString());
  }
}
