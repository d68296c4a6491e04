package colonnade.benchmarks.questions;

import static colonnade.Expr.*;

import colonnade.benchmarks.peers.Question;
import java.util.List;
import java.util.stream.Stream;

/** A filter on one column of doubles and a sum of another, keeping more and more of the rows. */
public final class FilterQuestions {
  private FilterQuestions() {}

  /** From 0.1 to 100 %, and the plain sum before them. */
  public static final List<Question> ALL =
      Stream.concat(
              Stream.of(sum()), Stream.of(0.001, 0.01, 0.1, 0.5, 1.0).map(FilterQuestions::filter))
          .toList();

  private static Question sum() {
    return Question.of(
            "sum of full doubles", "uniform", t -> t.aggregate(colonnade.Expr.sum("value").as("s")))
        .sql("select sum(value) as s from uniform")
        .in("polars", "d => d.select(pl.col('value').sum())")
        .in("numpy", "lambda t: [[float(t['value'].sum())]]");
  }

  private static Question filter(double part) {
    String name =
        "filter keeping " + (part * 100 < 1 ? part * 100 : (Object) (int) (part * 100)) + " %";
    return Question.of(
            name,
            "uniform",
            t ->
                t.filter(col("u").lt(part))
                    .aggregate(count().as("n"), colonnade.Expr.sum("value").as("s")))
        .sql("select count(*) as n, sum(value) as s from uniform where u < " + part)
        .in(
            "polars",
            "d => d.filter(pl.col('u').lt(%s)).select([pl.col('value').count().alias('n'), pl.col('value').sum().alias('s')])"
                .formatted(part))
        .in(
            "numpy",
            "lambda t: [[sum(r[0] for r in p), sum(r[1] for r in p)] for p in [[(int(m.sum()),"
                + " float(c['value'][m].sum())) for c in pieces(t) for m in [c['u'] < %s]]]]"
                    .formatted(part));
  }
}
