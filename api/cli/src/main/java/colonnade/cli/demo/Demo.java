package colonnade.cli.demo;

import static colonnade.Expr.*;

import colonnade.Frame;
import colonnade.Parquet;
import colonnade.Table;
import colonnade.error.CorruptTableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The main job on real flights: import once, query, normalize, write new mapped columns, reopen and
 * check them, show it all.
 */
public final class Demo {
  private static final double TOLERANCE = 1e-9;

  private final Path source;
  private final Path directory;
  private final List<Step> steps = new ArrayList<>();

  /**
   * The job on {@code source}, a Parquet file of flights, with its tables and page in {@code
   * directory}.
   */
  public Demo(Path source, Path directory) {
    this.source = source;
    this.directory = directory;
  }

  /** Runs the job; fails if the written column is not what it must be. */
  public void run() throws IOException {
    Files.createDirectories(directory);
    Path tablePath = directory.resolve("flights");
    Path scaledPath = directory.resolve("flights-scaled");
    Path page = directory.resolve("flights.html");
    importOnce(tablePath);
    explain("Open the table: this reads its manifest only; columns are mapped when first used.");
    try (Table flights = step("open", () -> Table.open(tablePath), t -> 0, t -> 0)) {
      System.out.println(flights.schema());
      System.out.println();
      Frame worst = worstOriginHours(flights);
      explain(
          "Query it: flights over 15 minutes late, grouped by origin and hour. Nothing has run yet;"
              + " this is the plan:");
      System.out.println(worst.explain());
      try (Table result =
              step(
                  "filter, map, group by, sort",
                  worst::collect,
                  r -> flights.rowCount(),
                  r -> Step.bytes(flights, "delay", "date", "origin"));
          Table byHour = hours(flights).collect()) {
        explain("The ten worst origin-hours by mean delay (at least 100 late flights each):");
        result.show();
        System.out.println();
        explain(
            "Normalize: delay_z = (delay - mean) / standard deviation, in two streamed passes,"
                + " written as a new table.");
        normalize(flights, scaledPath);
        explain("Open what was written, and check it: mean 0, standard deviation 1.");
        check(scaledPath, flights.rowCount());
        new ResultPage(result, byHour, steps, flights.rowCount()).write(page);
      }
    }
    explain("What each step read and took; pages of mapped files are not counted as memory:");
    System.out.println(Step.table(steps));
    System.out.println("Page with the table and a chart: " + page.toAbsolutePath().normalize());
  }

  private static void explain(String line) {
    System.out.println();
    System.out.println("- " + line);
  }

  private void importOnce(Path tablePath) throws IOException {
    if (Files.isDirectory(tablePath)) {
      explain("Import: done by an earlier run, in " + tablePath.toAbsolutePath().normalize());
      return;
    }
    long sourceBytes = Files.size(source);
    explain(
        "Import %s (%,d bytes of Parquet) as one mapped file per column."
            .formatted(source.getFileName(), sourceBytes));
    step("import", () -> Parquet.read(source).writeTo(tablePath), Table::rowCount, t -> sourceBytes)
        .close();
  }

  private static Frame worstOriginHours(Table flights) {
    return flights
        .filter(col("delay").gt(15))
        .map("hour", col("date").hour())
        .groupBy("origin", "hour")
        .aggregate(
            count().as("flights"), mean("delay").as("mean_delay"), quantile("delay", 0.9).as("p90"))
        .filter(col("flights").ge(100))
        .sort(desc("mean_delay"))
        .limit(10);
  }

  private static Frame hours(Table flights) {
    return flights
        .map("hour", col("date").hour())
        .groupBy("hour")
        .aggregate(count().as("flights"), mean("delay").as("mean_delay"))
        .sort(asc("hour"));
  }

  private void normalize(Table flights, Path scaledPath) throws IOException {
    DirectoryRemoval.of(scaledPath);
    Frame scaled =
        flights
            .map("delay_z", col("delay").normalize(zScore()))
            .select("date", "origin", "destination", "delay_z");
    step(
            "normalize and write",
            () -> scaled.writeTo(scaledPath),
            Table::rowCount,
            t ->
                2 * Step.bytes(flights, "delay")
                    + Step.bytes(flights, "date", "origin", "destination"))
        .close();
  }

  private void check(Path scaledPath, long rowCount) {
    try (Table scaled = Table.open(scaledPath)) {
      try (Table result =
          step(
              "reopen and check",
              () ->
                  scaled
                      .aggregate(
                          count().as("n"),
                          mean("delay_z").as("mean"),
                          stdPopulation("delay_z").as("std"))
                      .collect(),
              r -> scaled.rowCount(),
              r -> Step.bytes(scaled, "delay_z"))) {
        double mean = result.row(0).f64("mean");
        double deviation = result.row(0).f64("std");
        System.out.printf(
            "written column delay_z: mean %.2e, standard deviation 1 %+.2e%n", mean, deviation - 1);
        if (scaled.rowCount() != rowCount
            || !(Math.abs(mean) <= TOLERANCE)
            || !(Math.abs(deviation - 1) <= TOLERANCE)) {
          throw new CorruptTableException(
              scaledPath.toString(),
              "the written column has "
                  + scaled.rowCount()
                  + " rows, mean "
                  + mean
                  + " and standard deviation "
                  + deviation,
              "It must have "
                  + rowCount
                  + " rows, mean 0 and standard deviation 1 within "
                  + TOLERANCE
                  + ".");
        }
      }
    }
  }

  private Table step(String name, Step.Work work, Step.Amount rows, Step.Amount bytes) {
    try (ProcessMemory memory = ProcessMemory.watched()) {
      long start = System.nanoTime();
      Table result = work.run();
      long elapsed = System.nanoTime() - start;
      Step step = new Step(name, elapsed, rows.of(result), bytes.of(result), memory.peakBytes());
      steps.add(step);
      return result;
    }
  }
}
