package colonnade.examples

import colonnade.*
import colonnade.kotlin.*
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.reduce
import kotlinx.coroutines.launch

// The code of src/docs/kotlin.md, compiled and run: DocumentsRunTest checks that every block of the page stands here.

/** Needs a table `flights` in the working folder. */
suspend fun main() {
    busyAirports()
    coroutineScope { coroutines() }
}

@Suppress("ktlint") // the layout is the page's
private suspend fun busyAirports() {
    Table.open("flights").use { flights ->
        val delay by column(); val distance by column()                           // name taken from the property
        val busy = flights
            .filter((delay gt 15) and (distance within 200..2000))
            .map("pace", delay / distance * 100)
            .groupBy("origin").aggregate(count() named "flights", mean(delay) named "mean_delay")
        busy.show()
        busy.batches().collect { batch -> println(batch.rowCount()) }             // Flow<Batch>; suspends, cancels, back-pressure
        flights.map("delay_z", delay.normalize(zScore())).writeTo("flights-scaled", onProgress = ::println)
    }
}

private suspend fun CoroutineScope.coroutines() {
    val scaled = Table.open("flights").map("delay_z", col("delay").normalize(zScore()))
    val writing = launch { scaled.await { writeTo("cancelled") }.close() }
    writing.cancelAndJoin() // nothing is published
    scaled.progress { writeTo("scaled") }.collect { println("${it.rows} rows of pass ${it.pass}") }
    val largest = scaled.batches().map { it.f64s("delay_z").max() }.reduce(::maxOf)
    println(largest)
}
