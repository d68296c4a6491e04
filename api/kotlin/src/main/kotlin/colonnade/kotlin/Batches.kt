package colonnade.kotlin

import colonnade.Batch
import colonnade.Frame
import colonnade.Row
import colonnade.Table
import colonnade.engine.exec.Cancellation
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch

/**
 * The rows of this frame in order, some ten thousand at a time, as a cold flow: each collector runs the query anew, on
 * [Dispatchers.IO] and the query's own threads. The query waits for the collector, so memory does not grow with the number
 * of rows. When the collector is cancelled, has enough (`take(1)`) or fails, the query is cancelled; collecting returns after
 * its threads have ended and its memory is free. An error of the query is thrown to the collector.
 *
 * A [Batch] is valid until the collector's block returns. Operators that keep elements or hand them on later (`buffer`,
 * `flowOn`, `toList`, `conflate`) need copies: `batches().map { it.f64s("delay") }.buffer()`.
 */
public fun Frame.batches(): Flow<Batch> =
    flow {
        val cancellation = Cancellation(options().cancellation())
        val frame = withCancellation(cancellation)
        val handover = Handover<Batch>()
        coroutineScope {
            launch(Dispatchers.IO) {
                handover.endAfter { frame.forEachBatch { handover.give(it) } }
            }
            cancelling(cancellation) { handover.takeEach { emit(it) } }
        }
    }

/** The rows of this batch in order; valid as long as the batch. */
public operator fun Batch.iterator(): Iterator<Row> = (0 until rowCount()).asSequence().map(::row).iterator()

/** Row [index] of this batch, counted from its first; as [Batch.row]. */
public operator fun Batch.get(index: Int): Row = row(index)

/** Row [index] of this table, counted from 0; as [Table.row]. */
public operator fun Table.get(index: Long): Row = row(index)

/** The rows of this table in order, as views; valid until the table is closed. For small tables: each value is looked up. */
public fun Table.rows(): Sequence<Row> = (0L until rowCount()).asSequence().map(::row)
