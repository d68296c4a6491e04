// Checkpoints: a long write is stopped in the middle; the table opens at its last checkpoint, the write goes on from there,
// and in the end the table equals one that was written in one go. Arguments: the number of rows, a folder for the tables. The
// same as ResumeWriting.java and ResumeWriting.kt.
//   colonnade run resume-writing.jsh 100000 target/resume
// Every line is complete in itself, so that plain jshell, which reads files line by line, takes it too.

long rowCount = args.length > 0 ? Long.parseLong(args[0]) : 100_000;
var folder = Path.of(args.length > 1 ? args[1] : "target/resume-writing");
var sensor = Schema.of("t", TIMESTAMP_MICROS, "v", F64);
var start = LocalDateTime.of(2001, 1, 1, 0, 0);
var policy = FlushPolicy.rows(10_000).or(Duration.ofMinutes(10));

// Appends one reading per second until the table has so many.
void write(Appender appender, long rows) {
  for (long row = appender.rowCount(); row < rows; row++) {
    appender.append(start.plusSeconds(row), StrictMath.sin(row / 1000.0));
  }
}

// Stopped at two thirds of the way, without a close; abort() leaves what a crash leaves, the last checkpoint.
var path = folder.resolve("sensor");
Table.open(path, Mode.CREATE, sensor).close();
var stopped = Table.append(path, policy);
write(stopped, rowCount * 2 / 3);
long appended = stopped.rowCount();
stopped.abort();

var table = Table.open(path);
long kept = table.rowCount();
System.out.println(appended + " rows were appended, " + kept + " are at the last checkpoint");
table.show(3);
table.close();

// An appender starts where the table ends.
try (var resumed = Table.append(path, policy)) {
  write(resumed, rowCount);
}

var other = folder.resolve("sensor-in-one-go");
Table.open(other, Mode.CREATE, sensor).close();
try (var appender = Table.append(other)) {
  write(appender, rowCount);
}

try (var resumed = Table.open(path); var whole = Table.open(other)) {
  var both = resumed.join(whole, "t").aggregate(
      count().as("same"), max(col("v").minus(col("v_right")).abs()).as("off"));
  var pairs = both.collect().row(0);
  System.out.println("answer: resumed at " + kept + ", " + resumed.rowCount() + " of " + whole.rowCount() + " rows, "
      + pairs.i64("same") + " pairs, which differ by " + pairs.f64("off"));
}
/exit
