package colonnade.benchmarks;

import static colonnade.Expr.*;

import java.time.LocalDate;
import java.util.List;

/** The questions: a sum, TPC-H's Q6 and Q1, and the ten of db-benchmark's group-by. */
final class Questions {
  private Questions() {}

  static final Question Q6 =
      new Question(
          "TPC-H Q6",
          "lineitem",
          t ->
              t.filter(
                      col("shipdate")
                          .ge(LocalDate.of(1994, 1, 1))
                          .and(col("shipdate").lt(LocalDate.of(1995, 1, 1)))
                          .and(col("discount").between(0.05, 0.07))
                          .and(col("quantity").lt(24)))
                  .aggregate(sum(col("extendedprice").times(col("discount"))).as("revenue")),
          "select sum(extendedprice * discount) as revenue from lineitem where shipdate >= date"
              + " '1994-01-01' and shipdate < date '1995-01-01' and discount between 0.05 and 0.07"
              + " and quantity < 24");

  static final List<Question> LINEITEM =
      List.of(
          new Question(
              "sum",
              "lineitem",
              t -> t.aggregate(sum("extendedprice").as("s")),
              "select sum(extendedprice) as s from lineitem"),
          Q6,
          new Question(
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
                      .sort(asc("returnflag"), asc("linestatus")),
              "select returnflag, linestatus, sum(quantity), sum(extendedprice), sum(extendedprice"
                  + " * (1 - discount)), sum(extendedprice * (1 - discount) * (1 + tax)),"
                  + " avg(quantity), avg(extendedprice), avg(discount), count(*) from lineitem"
                  + " where shipdate <= date '1998-09-02' group by returnflag, linestatus order by"
                  + " returnflag, linestatus"));

  static final List<Question> H2O =
      List.of(
          new Question(
              "H2O q1: sum v1 by id1",
              "h2o",
              t -> t.groupBy("id1").aggregate(sum("v1").as("v1")),
              "select id1, sum(v1) as v1 from h2o group by id1"),
          new Question(
              "H2O q2: sum v1 by id1, id2",
              "h2o",
              t -> t.groupBy("id1", "id2").aggregate(sum("v1").as("v1")),
              "select id1, id2, sum(v1) as v1 from h2o group by id1, id2"),
          new Question(
              "H2O q3: sum v1, mean v3 by id3",
              "h2o",
              t -> t.groupBy("id3").aggregate(sum("v1").as("v1"), mean("v3").as("v3")),
              "select id3, sum(v1) as v1, avg(v3) as v3 from h2o group by id3",
              "v1",
              "v3"),
          new Question(
              "H2O q4: mean v1:v3 by id4",
              "h2o",
              t ->
                  t.groupBy("id4")
                      .aggregate(mean("v1").as("v1"), mean("v2").as("v2"), mean("v3").as("v3")),
              "select id4, avg(v1) as v1, avg(v2) as v2, avg(v3) as v3 from h2o group by id4"),
          new Question(
              "H2O q5: sum v1:v3 by id6",
              "h2o",
              t ->
                  t.groupBy("id6")
                      .aggregate(sum("v1").as("v1"), sum("v2").as("v2"), sum("v3").as("v3")),
              "select id6, sum(v1) as v1, sum(v2) as v2, sum(v3) as v3 from h2o group by id6",
              "v1",
              "v2",
              "v3"),
          new Question(
              "H2O q6: median v3, sd v3 by id4, id5",
              "h2o",
              t ->
                  t.groupBy("id4", "id5")
                      .aggregate(median("v3").as("median_v3"), std("v3").as("sd_v3")),
              "select id4, id5, quantile_cont(v3, 0.5) as median_v3, stddev(v3) as sd_v3 from h2o"
                  + " group by id4, id5"),
          new Question(
              "H2O q7: max v1 - min v2 by id3",
              "h2o",
              t -> t.groupBy("id3").aggregate(max("v1").minus(min("v2")).as("range_v1_v2")),
              "select id3, max(v1) - min(v2) as range_v1_v2 from h2o group by id3",
              "range_v1_v2"),
          new Question(
              "H2O q8: largest two v3 by id6",
              "h2o",
              t ->
                  t.filter(col("v3").isNotNull())
                      .groupBy("id6")
                      .aggregate(largest("v3", 2).as("largest2_v3")),
              "select id6, v3 as largest2_v3 from (select id6, v3, row_number() over (partition by"
                  + " id6 order by v3 desc) as order_v3 from h2o where v3 is not null) sub_query"
                  + " where order_v3 <= 2",
              "largest2_v3"),
          new Question(
              "H2O q9: corr(v1, v2)^2 by id2, id4",
              "h2o",
              t -> t.groupBy("id2", "id4").aggregate(corr("v1", "v2").pow(2).as("r2")),
              "select id2, id4, pow(corr(v1, v2), 2) as r2 from h2o group by id2, id4"),
          new Question(
              "H2O q10: sum v3, count by id1:id6",
              "h2o",
              t ->
                  t.groupBy("id1", "id2", "id3", "id4", "id5", "id6")
                      .aggregate(sum("v3").as("v3"), count().as("count")),
              "select id1, id2, id3, id4, id5, id6, sum(v3) as v3, count(*) as count from h2o"
                  + " group by id1, id2, id3, id4, id5, id6",
              "v3",
              "count"));
}
