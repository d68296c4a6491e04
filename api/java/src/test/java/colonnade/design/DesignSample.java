package colonnade.design;

import static colonnade.Expr.*;

import colonnade.*;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;

/**
 * The sample of the design in a package of its own, with no imports but those it names; only paths
 * and the source of the flights differ.
 */
public final class DesignSample {
  /** What the sample found. */
  public record Outcome(
      String explained,
      double worst,
      double meanOfScaled,
      double deviationOfScaled,
      long sensorRows,
      long updatedDistance,
      float patch) {}

  private DesignSample() {}

  /** Runs the sample in an empty folder. */
  public static Outcome run(Path folder) {
    var flights = flights().writeTo(folder.resolve("flights"));
    flights.schema();
    flights.show(5);

    var late =
        flights
            .filter(col("delay").gt(15).and(col("distance").between(200, 2000)))
            .map("hour", col("date").hour())
            .map("pace", col("delay").div(col("distance")).times(100))
            .groupBy("origin", "hour")
            .aggregate(
                count().as("flights"),
                mean("delay").as("mean_delay"),
                quantile("delay", 0.9).as("p90"))
            .filter(col("flights").ge(100))
            .sort(desc("mean_delay"))
            .limit(10);
    String explained = late.explain();
    late.show();
    Table top = late.collect();
    double worst = top.row(0).f64("mean_delay");

    flights
        .map("delay_z", col("delay").normalize(zScore()))
        .select("origin", "delay_z")
        .writeTo(folder.resolve("flights-scaled"));

    Path sensor = folder.resolve("sensor");
    try (var w =
        Table.create(
            sensor.toString(),
            Schema.of("t", TIMESTAMP_MICROS, "v", F64),
            FlushPolicy.rows(10_000).or(Duration.ofSeconds(30)))) {
      for (long t = 0; t < 3; t++) w.append(t, t * 0.5);
    }
    try (var t = Table.open(folder.resolve("flights").toString(), Mode.READ_WRITE)) {
      t.update("distance", col("distance").times(1.609344), col("origin").eq("LAS"));
      t.commit();
    }
    float patch;
    try (var a = MappedArray.create(folder.resolve("grid.dat"), F32, 100, 100)) {
      float[] copy = a.slice(10, 20, 10, 20).toFloats();
      for (int i = 0; i < copy.length; i++) copy[i] += 2;
      a.slice(10, 20, 10, 20).assign(copy);
      a.flush();
      patch = a.slice(10, 20, 10, 20).toFloats()[99];
    }
    try (Table scaled = Table.open(folder.resolve("flights-scaled"));
        Table moments =
            scaled.aggregate(mean("delay_z").as("m"), stdPopulation("delay_z").as("s")).collect();
        Table sensors = Table.open(sensor);
        Table updated = Table.open(folder.resolve("flights"))) {
      return new Outcome(
          explained,
          worst,
          moments.row(0).f64("m"),
          moments.row(0).f64("s"),
          sensors.rowCount(),
          updated.row(0).i64("distance"),
          patch);
    } finally {
      top.close();
      flights.close();
    }
  }

  private static Table flights() {
    int rows = 10_000;
    LocalDateTime[] dates = new LocalDateTime[rows];
    short[] delays = new short[rows];
    short[] distances = new short[rows];
    String[] origins = new String[rows];
    for (int i = 0; i < rows; i++) {
      dates[i] = LocalDateTime.of(2001, 1, 1, i % 2 == 0 ? 8 : 20, 0).plusDays(i % 150);
      delays[i] = (short) (i % 100 < 50 ? i % 50 : 20 + i % 80);
      distances[i] = (short) (500 + i % 7);
      origins[i] = i % 4 == 0 ? "LAS" : i % 4 == 1 ? "SFO" : "ORD";
    }
    return Table.of("date", dates, "delay", delays, "distance", distances, "origin", origins);
  }
}
