package colonnade.examples

import colonnade.*
import colonnade.kotlin.*
import java.nio.file.Path

/**
 * Looks around in a table of flights: its columns, its first rows, which airports are late at which hour, a summary of every
 * column. Arguments: a Parquet file of flights, a folder for the table. The same as `ExploreFlights.java` and
 * `explore-flights.jsh`.
 */
fun main(args: Array<String>) {
    val (data, folder) = args.map(Path::of)

    // Reading is lazy: this streams the first rows of the file into mapped columns. CREATE replaces what an earlier run left.
    Parquet.read(data).limit(300_000).writeTo(folder.resolve("flights"), Mode.CREATE).use { flights ->
        println(flights.schema())
        flights.show(5)

        val date by column()
        val delay by column()
        val distance by column()
        val late =
            flights
                .filter((delay gt 15) and (distance within 200..2000))
                .map("hour", date.hour())
                .map("pace", delay / distance * 100)
                .groupBy("origin", "hour")
                .aggregate(
                    count() named "flights",
                    mean(delay) named "mean_delay",
                    mean("pace") named "mean_pace",
                    quantile(delay, 0.9) named "p90",
                ).filter(col("flights") ge 100)
                .sort(desc("mean_delay"))
                .limit(10)
        println(late.explain())
        late.show()

        flights.describe().use { it.show() }
        late.collect().use { top ->
            val worst = top[0]
            val origin: String by worst
            val hour: Any by worst
            val mean: Double = worst.value("mean_delay")
            val p90: Double by worst
            println(
                "answer: $origin at $hour h: ${worst["flights"]} late flights, $mean minutes in the mean, " +
                    "a tenth of them over $p90",
            )
        }
    }
}
