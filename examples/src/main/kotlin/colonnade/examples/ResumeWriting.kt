package colonnade.examples

import colonnade.*
import colonnade.kotlin.*
import java.nio.file.Path
import java.time.Duration

private val sensor = schemaOf("t" to TIMESTAMP_MICROS, "v" to F64)
private val start = timestamp("2001-01-01T00:00")

/**
 * Checkpoints: a long write is stopped in the middle; the table opens at its last checkpoint, the write goes on from there,
 * and in the end the table equals one that was written in one go. Arguments: the number of rows, a folder for the tables. The
 * same as `ResumeWriting.java` and `resume-writing.jsh`.
 */
fun main(args: Array<String>) {
    val rowCount = args[0].toLong()
    val folder = Path.of(args[1])
    val policy = FlushPolicy.rows(10_000).or(Duration.ofMinutes(10))

    // Stopped at two thirds of the way, without a close; abort() leaves what a crash leaves, the last checkpoint.
    val path = folder.resolve("sensor")
    Table.open(path, Mode.CREATE, sensor).close()
    val stopped = Table.append(path, policy)
    stopped.writeUpTo(rowCount * 2 / 3)
    val appended = stopped.rowCount()
    stopped.abort()

    val kept =
        Table.open(path).use { table ->
            println("$appended rows were appended, ${table.rowCount()} are at the last checkpoint")
            table.show(3)
            table.rowCount()
        }

    // An appender starts where the table ends.
    Table.append(path, policy).use { it.writeUpTo(rowCount) }

    val other = folder.resolve("sensor-in-one-go")
    Table.open(other, Mode.CREATE, sensor).close()
    Table.append(other).use { it.writeUpTo(rowCount) }

    Table.open(path).use { resumed ->
        Table.open(other).use { whole ->
            val v by column()
            resumed
                .join(whole, "t")
                .aggregate(count() named "same", max((v - col("v_right")).abs()) named "off")
                .collect()
                .use { pairs ->
                    val same: Long by pairs[0]
                    val off: Double by pairs[0]
                    println(
                        "answer: resumed at $kept, ${resumed.rowCount()} of ${whole.rowCount()} rows, " +
                            "$same pairs, which differ by $off",
                    )
                }
        }
    }
}

/** Appends one reading per second until the table has so many. */
private fun Appender.writeUpTo(rowCount: Long) {
    for (row in rowCount()..<rowCount) {
        append(start.plusSeconds(row), StrictMath.sin(row / 1000.0))
    }
}
