package colonnade.benchmarks.questions;

import static colonnade.Expr.*;

import colonnade.benchmarks.peers.Question;
import java.time.LocalDate;
import java.util.List;

/** A sum, and TPC-H's Q6 and Q1. Days are numbers where a peer keeps dates as such. */
public final class LineItemQuestions {
  private LineItemQuestions() {}

  /** A sum of a column of cents. */
  public static final Question SUM =
      Question.of("sum", "lineitem", t -> t.aggregate(sum("extendedprice").as("s")))
          .sql("select sum(extendedprice) as s from lineitem")
          .in("polars", "d => d.select(pl.col('extendedprice').sum())")
          .in("numpy", "lambda t: [[float(t['extendedprice'].sum())]]");

  /** TPC-H's Q6. */
  public static final Question Q6 =
      Question.of(
              "TPC-H Q6",
              "lineitem",
              t ->
                  t.filter(
                          col("shipdate")
                              .ge(LocalDate.of(1994, 1, 1))
                              .and(col("shipdate").lt(LocalDate.of(1995, 1, 1)))
                              .and(col("discount").between(0.05, 0.07))
                              .and(col("quantity").lt(24)))
                      .aggregate(sum(col("extendedprice").times(col("discount"))).as("revenue")))
          .sql(
              "select sum(extendedprice * discount) as revenue from lineitem where shipdate >= date"
                  + " '1994-01-01' and shipdate < date '1995-01-01' and discount between 0.05 and"
                  + " 0.07 and quantity < 24")
          .in(
              "questdb",
              "select sum(extendedprice * discount) as revenue from lineitem where shipdate >= 8766"
                  + " and shipdate < 9131 and discount >= 0.05 and discount <= 0.07 and quantity <"
                  + " 24")
          .in(
              "polars",
              "d => d.filter(pl.col('shipdate').gtEq(pl.lit(8766).cast(pl.Date))"
                  + ".and(pl.col('shipdate').lt(pl.lit(9131).cast(pl.Date)))"
                  + ".and(pl.col('discount').gtEq(0.05)).and(pl.col('discount').ltEq(0.07))"
                  + ".and(pl.col('quantity').lt(24)))"
                  + ".select(pl.col('extendedprice').mul(pl.col('discount')).sum())")
          .in(
              "numpy",
              "lambda t: [[sum(float((c['extendedprice'][m] * c['discount'][m]).sum()) for c in"
                  + " pieces(t) for m in [(c['shipdate'] >= 8766) & (c['shipdate'] < 9131) &"
                  + " (c['discount'] >= 0.05) & (c['discount'] <= 0.07) & (c['quantity'] <"
                  + " 24)])]]");

  private static final Question Q1 =
      Question.of(
              "TPC-H Q1",
              "lineitem",
              t ->
                  t.filter(col("shipdate").le(LocalDate.of(1998, 9, 2)))
                      .map(
                          "disc_price", col("extendedprice").times(lit(1.0).minus(col("discount"))))
                      .map("charge", col("disc_price").times(lit(1.0).plus(col("tax"))))
                      .groupBy("returnflag", "linestatus")
                      .aggregate(
                          sum("quantity").as("sum_qty"),
                          sum("extendedprice").as("sum_base_price"),
                          sum("disc_price").as("sum_disc_price"),
                          sum("charge").as("sum_charge"),
                          mean("quantity").as("avg_qty"),
                          mean("extendedprice").as("avg_price"),
                          mean("discount").as("avg_disc"),
                          count().as("count_order"))
                      .sort(asc("returnflag"), asc("linestatus")))
          .keys(2)
          .sql(q1("shipdate <= date '1998-09-02'"))
          .in("questdb", q1("shipdate <= 10471"))
          .in(
              "polars",
              "d => d.filter(pl.col('shipdate').ltEq(pl.lit(10471).cast(pl.Date)))"
                  + ".withColumn(pl.col('extendedprice').mul(pl.lit(1).sub(pl.col('discount'))).alias('disc_price'))"
                  + ".withColumn(pl.col('disc_price').mul(pl.lit(1).add(pl.col('tax'))).alias('charge')).groupBy(['returnflag',"
                  + " 'linestatus']).agg([pl.col('quantity').sum().alias('a'),"
                  + " pl.col('extendedprice').sum().alias('b'),pl.col('disc_price').sum().alias('c'),"
                  + " pl.col('charge').sum().alias('d'),pl.col('quantity').mean().alias('e'),"
                  + " pl.col('extendedprice').mean().alias('f'),pl.col('discount').mean().alias('g'),"
                  + " pl.col('tax').count().alias('h')]).sort(['returnflag', 'linestatus'])");

  private static String q1(String condition) {
    return "select returnflag, linestatus, sum(quantity), sum(extendedprice), sum(extendedprice"
        + " * (1 - discount)), sum(extendedprice * (1 - discount) * (1 + tax)),"
        + " avg(quantity), avg(extendedprice), avg(discount), count(*) from lineitem"
        + " where "
        + condition
        + " group by returnflag, linestatus order by returnflag, linestatus";
  }

  /** All of them. */
  public static final List<Question> ALL = List.of(SUM, Q6, Q1);
}
