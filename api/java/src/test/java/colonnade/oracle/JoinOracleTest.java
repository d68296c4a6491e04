package colonnade.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Expr;
import colonnade.Field;
import colonnade.Frame;
import colonnade.Schema;
import colonnade.Table;
import colonnade.engine.plan.JoinKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of join on keys of every type, with nulls, duplicates and keys of two types. */
class JoinOracleTest {
  @TempDir Path folder;

  @Test
  void joinsOnKeysOfEveryTypeAgreeWithDuckDb() {
    List<String[]> keys = new ArrayList<>();
    for (DataType type : DataType.values()) {
      keys.add(new String[] {type.label() + "=" + type.label()});
    }
    keys.add(new String[] {"i8=f64"});
    keys.add(new String[] {"f32=i64"});
    keys.add(new String[] {"f32=f64"});
    keys.add(new String[] {"u8=i32"});
    keys.add(new String[] {"date=timestamp"});
    keys.add(new String[] {"i8=i8", "utf8=utf8"});
    keys.add(new String[] {"bool=bool", "f64=f64", "u8=u8"});
    keys.add(new String[] {"utf8=utf8_2", "date=date"});
    int[][] sizes = {{0, 5}, {5, 0}, {1, 1}, {120, 40}, {60, 300}};
    try (OracleCheck check = new OracleCheck(folder)) {
      for (int[] size : sizes) {
        OracleTable right = few(size[1], check);
        check.db.load("r", right);
        try (Table other = check.anyStorage(right)) {
          check.oneStorage(
              few(size[0], check),
              (table, data) -> {
                for (String[] key : keys) {
                  for (JoinKind kind : JoinKind.values()) {
                    agrees(check, table, other, kind, key);
                  }
                }
              });
        }
      }
    }
  }

  private static void agrees(
      OracleCheck check, Table left, Table right, JoinKind kind, String[] keys) {
    List<Expr> leftKeys = new ArrayList<>();
    List<Expr> rightKeys = new ArrayList<>();
    List<String> on = new ArrayList<>();
    for (String key : keys) {
      String[] sides = key.split("=");
      leftKeys.add(Expr.col(sides[0]));
      rightKeys.add(Expr.col("r_" + sides[1]));
      on.add(equal(left.schema().field(sides[0]), right.schema().field(sides[1])));
    }
    List<Expr> names = new ArrayList<>();
    right.schema().names().forEach(name -> names.add(Expr.col(name).as("r_" + name)));
    Frame joined = left.join(right.select(names.toArray(Expr[]::new)), kind, leftKeys, rightKeys);
    boolean both = kind == JoinKind.INNER || kind == JoinKind.LEFT;
    Frame frame =
        both
            ? joined.select("row", "utf8", "f64", "r_row", "r_utf8", "r_f32")
            : joined.select("row", "utf8", "f64");
    String condition = String.join(" and ", on);
    String exists = "exists (select 1 from r where " + condition + ")";
    String select =
        switch (kind) {
          case INNER, LEFT ->
              "select t.row, t.utf8, t.f64, r.row, r.utf8, r.f32 from t "
                  + (kind == JoinKind.LEFT ? "left " : "")
                  + "join r on "
                  + condition
                  + " order by t.rid, r.rid";
          case SEMI -> "select row, utf8, f64 from t where " + exists + " order by rid";
          case ANTI -> "select row, utf8, f64 from t where not " + exists + " order by rid";
        };
    List<Object[]> ours = Cells.of(frame);
    List<Object[]> theirs = check.db.query(select, Cells.types(frame));
    String claim = kind + " on " + condition + "\n" + left + "\n" + right;
    // Left rows keep their order; that of one row's partners is unspecified.
    for (int r = 1; r < ours.size(); r++) {
      assertThat((Long) ours.get(r)[0]).as(claim).isGreaterThanOrEqualTo((Long) ours.get(r - 1)[0]);
    }
    ours.sort(Cells.ANY_ORDER);
    theirs.sort(Cells.ANY_ORDER);
    Cells.requireSame(ours, theirs, OracleCheck.exact(Cells.types(frame).size()), claim);
  }

  /** NaN equals NaN here, and an integer equals a floating-point value of the same number. */
  private static String equal(Field left, Field right) {
    String l = "t.\"" + left.name() + '"';
    String r = "r.\"" + right.name() + '"';
    return left.type().isFloating() && right.type().isFloating()
        ? l + " = " + r
        : Sql.equal(l, left.type(), r, right.type());
  }

  /** Rows with many equal keys; {@code row} is their number. */
  private static OracleTable few(int rowCount, OracleCheck check) {
    List<Field> fields = new ArrayList<>(RandomTables.everyType().fields());
    fields.add(new Field("row", DataType.I64));
    OracleTable table = RandomTables.of(new Schema(fields), rowCount, check.random);
    for (int c = 0; c < fields.size() - 1; c++) {
      for (int r = 0; r < rowCount; r++) {
        table.columns().get(c)[r] =
            check.random.nextInt(10) == 0
                ? null
                : RandomTables.value(
                    fields.get(c).type(), check.random.nextInt(8) > 0, check.random);
      }
    }
    for (int r = 0; r < rowCount; r++) {
      table.columns().getLast()[r] = (long) r;
    }
    return table;
  }
}
