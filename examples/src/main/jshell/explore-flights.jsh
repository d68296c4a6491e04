// Looks around in a table of flights: its columns, its first rows, which airports are late at which hour, a summary of every
// column. Arguments: a Parquet file of flights, a folder for the table. The same as ExploreFlights.java and ExploreFlights.kt.
//   colonnade run explore-flights.jsh examples/data/flights-3m.parquet target/explore
// Every line is complete in itself, so that plain jshell, which reads files line by line, takes it too.

var data = Path.of(args.length > 0 ? args[0] : "examples/data/flights-3m.parquet");
var folder = Path.of(args.length > 1 ? args[1] : "target/explore-flights");

// Reading is lazy: this streams the first rows of the file into mapped columns. CREATE replaces what an earlier run left.
var flights = Parquet.read(data).limit(300_000).writeTo(folder.resolve("flights"), Mode.CREATE);
System.out.println(flights.schema());
flights.show(5);

var late = flights.filter(col("delay").gt(15).and(col("distance").between(200, 2000)));
late = late.map("hour", col("date").hour()).map("pace", col("delay").div(col("distance")).times(100));
var hours = late.groupBy("origin", "hour").aggregate(
    count().as("flights"),
    mean("delay").as("mean_delay"),
    mean("pace").as("mean_pace"),
    quantile("delay", 0.9).as("p90"));
var worstHours = hours.filter(col("flights").ge(100)).sort(desc("mean_delay")).limit(10);
System.out.println(worstHours.explain());
worstHours.show();

flights.describe().show();
var worst = worstHours.collect().row(0);
System.out.println("answer: " + worst.text("origin") + " at " + worst.get("hour") + " h: " + worst.i64("flights")
    + " late flights, " + worst.f64("mean_delay") + " minutes in the mean, a tenth of them over " + worst.f64("p90"));
flights.close();
/exit
