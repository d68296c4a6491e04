package colonnade.examples;

import static colonnade.Expr.*;

import colonnade.*;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;

/**
 * Checkpoints: a long write is stopped in the middle; the table opens at its last checkpoint, the
 * write goes on from there, and in the end the table equals one that was written in one go.
 * Arguments: the number of rows, a folder for the tables. The same as {@code ResumeWriting.kt} and
 * {@code resume-writing.jsh}.
 */
public final class ResumeWriting {
  private static final Schema SENSOR = Schema.of("t", TIMESTAMP_MICROS, "v", F64);
  private static final LocalDateTime START = LocalDateTime.of(2001, 1, 1, 0, 0);

  private ResumeWriting() {}

  /** Runs it; the last line printed is the answer. */
  public static void main(String[] args) {
    long rowCount = Long.parseLong(args[0]);
    Path folder = Path.of(args[1]);
    FlushPolicy policy = FlushPolicy.rows(10_000).or(Duration.ofMinutes(10));

    // Stopped at two thirds of the way, without a close; abort() leaves what a crash leaves, the
    // last checkpoint.
    Path path = folder.resolve("sensor");
    Table.open(path, Mode.CREATE, SENSOR).close();
    Appender stopped = Table.append(path, policy);
    write(stopped, rowCount * 2 / 3);
    long appended = stopped.rowCount();
    stopped.abort();

    long kept;
    try (Table table = Table.open(path)) {
      kept = table.rowCount();
      System.out.println(appended + " rows were appended, " + kept + " are at the last checkpoint");
      table.show(3);
    }

    // An appender starts where the table ends.
    try (Appender resumed = Table.append(path, policy)) {
      write(resumed, rowCount);
    }

    Path other = folder.resolve("sensor-in-one-go");
    Table.open(other, Mode.CREATE, SENSOR).close();
    try (Appender appender = Table.append(other)) {
      write(appender, rowCount);
    }

    try (Table resumed = Table.open(path);
        Table whole = Table.open(other);
        Table pairs =
            resumed
                .join(whole, "t")
                .aggregate(count().as("same"), max(col("v").minus(col("v_right")).abs()).as("off"))
                .collect()) {
      System.out.println(
          "answer: resumed at "
              + kept
              + ", "
              + resumed.rowCount()
              + " of "
              + whole.rowCount()
              + " rows, "
              + pairs.row(0).i64("same")
              + " pairs, which differ by "
              + pairs.row(0).f64("off"));
    }
  }

  /** Appends one reading per second until the table has so many. */
  private static void write(Appender sensor, long rowCount) {
    for (long row = sensor.rowCount(); row < rowCount; row++) {
      sensor.append(START.plusSeconds(row), StrictMath.sin(row / 1000.0));
    }
  }
}
