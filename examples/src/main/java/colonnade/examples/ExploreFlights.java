package colonnade.examples;

import static colonnade.Expr.*;

import colonnade.*;
import java.nio.file.Path;

/**
 * Looks around in a table of flights: its columns, its first rows, which airports are late at which
 * hour, a summary of every column. Arguments: a Parquet file of flights, a folder for the table.
 * The same as {@code ExploreFlights.kt} and {@code explore-flights.jsh}.
 */
public final class ExploreFlights {
  private ExploreFlights() {}

  /** Runs it; the last line printed is the answer. */
  public static void main(String[] args) {
    Path data = Path.of(args[0]);
    Path folder = Path.of(args[1]);

    // Reading is lazy: this streams the first rows of the file into mapped columns. CREATE replaces
    // what an earlier run left.
    try (Table flights =
        Parquet.read(data).limit(300_000).writeTo(folder.resolve("flights"), Mode.CREATE)) {
      System.out.println(flights.schema());
      flights.show(5);

      Frame late =
          flights
              .filter(col("delay").gt(15).and(col("distance").between(200, 2000)))
              .map("hour", col("date").hour())
              .map("pace", col("delay").div(col("distance")).times(100))
              .groupBy("origin", "hour")
              .aggregate(
                  count().as("flights"),
                  mean("delay").as("mean_delay"),
                  mean("pace").as("mean_pace"),
                  quantile("delay", 0.9).as("p90"))
              .filter(col("flights").ge(100))
              .sort(desc("mean_delay"))
              .limit(10);
      System.out.println(late.explain());
      late.show();

      try (Table summary = flights.describe()) {
        summary.show();
      }
      try (Table top = late.collect()) {
        Row worst = top.row(0);
        System.out.println(
            "answer: "
                + worst.text("origin")
                + " at "
                + worst.get("hour")
                + " h: "
                + worst.i64("flights")
                + " late flights, "
                + worst.f64("mean_delay")
                + " minutes in the mean, a tenth of them over "
                + worst.f64("p90"));
      }
    }
  }
}
