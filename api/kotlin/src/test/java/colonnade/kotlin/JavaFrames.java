package colonnade.kotlin;

import static colonnade.Expr.col;
import static colonnade.Expr.count;
import static colonnade.Expr.desc;
import static colonnade.Expr.lit;
import static colonnade.Expr.mean;
import static colonnade.Expr.quantile;
import static colonnade.Expr.when;
import static colonnade.Expr.zScore;

import colonnade.Expr;
import colonnade.Frame;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the Kotlin spelling is to give, written in Java. */
final class JavaFrames {
  private JavaFrames() {}

  static Frame busy(Frame flights) {
    return flights
        .filter(col("delay").gt(15).and(col("distance").between(200, 2000)))
        .map("pace", col("delay").div(col("distance")).times(100))
        .groupBy("origin")
        .aggregate(
            count().as("flights"), mean("delay").as("mean_delay"), quantile("delay", 0.9).as("p90"))
        .filter(col("flights").ge(100))
        .sort(desc("mean_delay"))
        .limit(10);
  }

  static Frame scaled(Frame flights) {
    return flights.map("delay_z", col("delay").normalize(zScore())).select("origin", "delay_z");
  }

  static Map<String, Expr> expressions() {
    Expr x = col("x");
    Expr y = col("y");
    Map<String, Expr> all = new LinkedHashMap<>();
    all.put("gt", x.gt(1));
    all.put("ge", x.ge(y));
    all.put("lt", x.lt(1.5));
    all.put("le", x.le(y));
    all.put("eq text", x.eq("LAS"));
    all.put("ne null", x.ne(null));
    all.put("logic", x.gt(1).and(y.lt(2)).or(x.eq(3)).xor(y.isNull()).not());
    all.put("number first", lit(1).gt(x).and(lit(2).ge(x)).and(lit(3).lt(x)).and(lit(4).le(x)));
    all.put("number equals", lit(1).eq(x).or(lit(2.5).ne(y)));
    all.put("arithmetic", x.plus(1).minus(y).times(2).div(x).rem(3).unaryMinus());
    all.put("arithmetic, number first", lit(100).times(x).plus(lit(1).minus(y)));
    all.put("quotients, number first", lit(1).div(x).plus(lit(7).rem(y)).plus(lit(2).plus(x)));
    all.put("whole range", x.between(200, 2000));
    all.put("long range", x.between(200L, 2_000_000_000_000L));
    all.put("decimal range", x.between(0.1, 0.5));
    all.put("range without its end", x.ge(0.1).and(x.lt(0.5)));
    all.put("whole range without its end", x.between(1, 9));
    all.put("dates", x.between(LocalDate.of(2001, 1, 1), LocalDate.of(2001, 1, 31)));
    all.put("timestamp", x.lt(LocalDate.of(2001, 3, 1).atTime(6, 30)));
    all.put("named", mean(x).as("mean_x"));
    all.put("when", when(x.gt(60)).then("late").when(x.gt(15)).then(y).otherwise(null));
    return all;
  }
}
