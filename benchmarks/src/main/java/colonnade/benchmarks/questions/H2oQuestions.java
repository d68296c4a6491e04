package colonnade.benchmarks.questions;

import static colonnade.Expr.*;

import colonnade.benchmarks.peers.Question;
import java.util.List;

/**
 * The ten questions of db-benchmark's group-by task, in the words of each peer's solution there.
 */
public final class H2oQuestions {
  private H2oQuestions() {}

  /** In their order. */
  public static final List<Question> ALL =
      List.of(
          Question.of(
                  "H2O q1: sum v1 by id1",
                  "h2o",
                  t -> t.groupBy("id1").aggregate(sum("v1").as("v1")))
              .keys(1)
              .sql("select id1, sum(v1) as v1 from h2o group by id1")
              .in("polars", "d => d.groupBy('id1').agg(pl.col('v1').sum())"),
          Question.of(
                  "H2O q2: sum v1 by id1, id2",
                  "h2o",
                  t -> t.groupBy("id1", "id2").aggregate(sum("v1").as("v1")))
              .keys(2)
              .sql("select id1, id2, sum(v1) as v1 from h2o group by id1, id2")
              .in("polars", "d => d.groupBy(['id1', 'id2']).agg(pl.col('v1').sum())"),
          Question.of(
                  "H2O q3: sum v1, mean v3 by id3",
                  "h2o",
                  t -> t.groupBy("id3").aggregate(sum("v1").as("v1"), mean("v3").as("v3")))
              .large("v1", "v3")
              .sql("select id3, sum(v1) as v1, avg(v3) as v3 from h2o group by id3")
              .in("polars", "d => d.groupBy('id3').agg([pl.col('v1').sum(), pl.col('v3').mean()])"),
          Question.of(
                  "H2O q4: mean v1:v3 by id4",
                  "h2o",
                  t ->
                      t.groupBy("id4")
                          .aggregate(mean("v1").as("v1"), mean("v2").as("v2"), mean("v3").as("v3")))
              .keys(1)
              .sql("select id4, avg(v1) as v1, avg(v2) as v2, avg(v3) as v3 from h2o group by id4")
              .in(
                  "polars",
                  "d => d.groupBy('id4').agg([pl.col('v1').mean(), pl.col('v2').mean(),"
                      + " pl.col('v3').mean()])"),
          Question.of(
                  "H2O q5: sum v1:v3 by id6",
                  "h2o",
                  t ->
                      t.groupBy("id6")
                          .aggregate(sum("v1").as("v1"), sum("v2").as("v2"), sum("v3").as("v3")))
              .large("id6", "v1", "v2", "v3")
              .sql("select id6, sum(v1) as v1, sum(v2) as v2, sum(v3) as v3 from h2o group by id6")
              .in(
                  "polars",
                  "d => d.groupBy('id6').agg([pl.col('v1').sum(), pl.col('v2').sum(),"
                      + " pl.col('v3').sum()])"),
          Question.of(
                  "H2O q6: median v3, sd v3 by id4, id5",
                  "h2o",
                  t ->
                      t.groupBy("id4", "id5")
                          .aggregate(median("v3").as("median_v3"), std("v3").as("sd_v3")))
              .keys(2)
              .sql(
                  "select id4, id5, quantile_cont(v3, 0.5) as median_v3, stddev(v3) as sd_v3 from"
                      + " h2o group by id4, id5")
              .not("questdb", "no exact median")
              .not("tablesaw", "takes the deviation of one row for 0")
              .in(
                  "polars",
                  "d => d.groupBy(['id4', 'id5']).agg([pl.col('v3').median().alias('m'),"
                      + " pl.col('v3').std().alias('s')])"),
          Question.of(
                  "H2O q7: max v1 - min v2 by id3",
                  "h2o",
                  t -> t.groupBy("id3").aggregate(max("v1").minus(min("v2")).as("range_v1_v2")))
              .large("range_v1_v2")
              .sql("select id3, max(v1) - min(v2) as range_v1_v2 from h2o group by id3")
              .in(
                  "polars",
                  "d => d.groupBy('id3').agg(pl.col('v1').max().sub(pl.col('v2').min()).alias('range_v1_v2'))"),
          Question.of(
                  "H2O q8: largest two v3 by id6",
                  "h2o",
                  t ->
                      t.filter(col("v3").isNotNull())
                          .groupBy("id6")
                          .aggregate(largest("v3", 2).as("largest2_v3")))
              .large("id6", "largest2_v3")
              .sql(
                  "select id6, v3 as largest2_v3 from (select id6, v3, row_number() over (partition"
                      + " by id6 order by v3 desc) as order_v3 from h2o where v3 is not null)"
                      + " sub_query where order_v3 <= 2")
              .in(
                  "polars",
                  "d => d.filter(pl.col('v3').isNotNull()).sort('v3', true).groupBy('id6')"
                      + ".agg(pl.col('v3').head(2).alias('largest2_v3')).explode('largest2_v3')"),
          Question.of(
                  "H2O q9: corr(v1, v2)^2 by id2, id4",
                  "h2o",
                  t -> t.groupBy("id2", "id4").aggregate(corr("v1", "v2").pow(2).as("r2")))
              .keys(2)
              .sql("select id2, id4, pow(corr(v1, v2), 2) as r2 from h2o group by id2, id4")
              .in(
                  "questdb",
                  "select id2, id4, power(corr(v1, v2), 2) as r2 from h2o group by id2, id4")
              .in(
                  "polars",
                  "d => d.groupBy(['id2', 'id4']).agg(pl.pearsonCorr('v1',"
                      + " 'v2').pow(2).alias('r2'))"),
          Question.of(
                  "H2O q10: sum v3, count by id1:id6",
                  "h2o",
                  t ->
                      t.groupBy("id1", "id2", "id3", "id4", "id5", "id6")
                          .aggregate(sum("v3").as("v3"), count().as("count")))
              .large("id4", "id5", "id6", "v3", "count")
              .sql(
                  "select id1, id2, id3, id4, id5, id6, sum(v3) as v3, count(*) as count from h2o"
                      + " group by id1, id2, id3, id4, id5, id6")
              .in(
                  "questdb",
                  "select id1, id2, id3, id4, id5, id6, sum(v3) as v3, count() as count from h2o"
                      + " group by id1, id2, id3, id4, id5, id6")
              .in(
                  "polars",
                  "d => d.groupBy(['id1', 'id2', 'id3', 'id4', 'id5', 'id6'])"
                      + ".agg([pl.col('v3').sum(), pl.col('v1').count().alias('count')])"));
}
