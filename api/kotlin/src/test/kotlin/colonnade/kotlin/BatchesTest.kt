package colonnade.kotlin

import colonnade.Batch
import colonnade.Frame
import colonnade.Table
import colonnade.engine.exec.Cancellation
import colonnade.error.CancelledException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.fold
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.util.concurrent.atomic.AtomicInteger

/** Batches as a flow: in order, one at a time, and nothing goes on behind a collector that has gone. */
class BatchesTest {
    private fun sum(
        total: Double,
        batch: Batch,
    ): Double = total + batch.f64s("n").sum()

    @Test
    fun handsOutAllRowsInOrder() =
        runTest {
            var next = 0L
            Frame.of(CountingSource(blockCount = 20)).batches().collect { batch ->
                assertThat(batch.firstRow()).isEqualTo(next)
                for (row in batch) {
                    val n: Double by row
                    check(n == next.toDouble()) { "row $next is $n" }
                    next++
                }
            }
            assertThat(next).isEqualTo(20L * CountingSource.BLOCK_ROWS)
        }

    @Test
    fun runsNothingUntilItIsCollectedAndAgainForEachCollector() =
        runTest {
            val source = CountingSource(blockCount = 3)
            val batches = Frame.of(source).batches()
            assertThat(source.blocksRead).hasValue(0)
            assertThat(batches.fold(0.0, ::sum)).isEqualTo(batches.fold(0.0, ::sum))
            assertThat(source.blocksRead).hasValue(6)
        }

    @Test
    fun givesNoFurtherBatchBeforeTheCollectorIsDoneWithOne() =
        runTest {
            val inside = AtomicInteger()
            Frame.of(CountingSource(blockCount = 8)).batches().collect { batch ->
                check(inside.incrementAndGet() == 1)
                val before = batch.f64s("n")
                delay(1000) // virtual time; a query that went on would overwrite the batch
                assertThat(batch.f64s("n")).isEqualTo(before)
                inside.decrementAndGet()
            }
        }

    @Test
    fun readsAheadByNoMoreThanItsThreadsNeed() =
        runTest {
            val source = CountingSource()
            Frame.of(source).withThreads(2).batches().take(3).collect { batch ->
                val taken = (batch.firstRow() + batch.rowCount()) / CountingSource.BLOCK_ROWS
                assertThat(source.blocksRead.get()).isLessThanOrEqualTo(taken + 4)
            }
        }

    @Test
    fun aCollectorThatHasEnoughEndsTheQuery() =
        runTest {
            val source = CountingSource()
            assertThat(
                Frame
                    .of(source)
                    .batches()
                    .take(2)
                    .map { it.rowCount() }
                    .toList(),
            ).hasSize(2)
            assertEnded(source)
        }

    @Test
    fun cancellingTheCollectorInABatchEndsTheQueryBeforeItsJobIsDone() =
        runTest {
            val source = CountingSource()
            val reached = CompletableDeferred<Unit>()
            val job =
                launch {
                    Frame.of(source).batches().collect {
                        reached.complete(Unit)
                        awaitCancellation()
                    }
                }
            reached.await()
            job.cancelAndJoin()
            assertEnded(source)
        }

    @Test
    fun cancellingTheCollectorWhileItWaitsEndsTheQueryBeforeItsJobIsDone() =
        runTest {
            val reading = CompletableDeferred<Unit>()
            val source = CountingSource(onBlock = { reading.complete(Unit) })
            val job =
                launch {
                    Frame
                        .of(source)
                        .filter(col("n") lt 0)
                        .batches()
                        .collect { error("no row fits") }
                }
            reading.await()
            job.cancelAndJoin()
            assertEnded(source)
        }

    @Test
    fun anErrorOfTheCollectorEndsTheQueryAndIsThrown() =
        runTest {
            val source = CountingSource()
            val failure = runCatching { Frame.of(source).batches().collect { error("mine") } }.exceptionOrNull()
            assertThat(failure).isInstanceOf(IllegalStateException::class.java).hasMessage("mine")
            assertEnded(source)
        }

    @Test
    fun anErrorOfTheQueryIsThrownToTheCollector() =
        runTest {
            val source = CountingSource(onBlock = { if (it == 5L) error("block 5") })
            val failure = runCatching { Frame.of(source).batches().collect() }.exceptionOrNull()
            assertThat(failure).isInstanceOf(IllegalStateException::class.java).hasMessage("block 5")
            assertEnded(source)
        }

    @Test
    fun theFramesOwnCancellationStillWorks() =
        runTest {
            val source = CountingSource()
            val own = Cancellation()
            val failure =
                runCatching {
                    Frame
                        .of(source)
                        .withCancellation(own)
                        .batches()
                        .collect { own.cancel() }
                }.exceptionOrNull()
            assertThat(failure).isInstanceOf(CancelledException::class.java)
            assertEnded(source)
        }

    @Test
    fun aTableCanBeClosedAfterItsCollectorWasCancelled() =
        runTest {
            val table = Table.of("n", DoubleArray(300_000) { it.toDouble() })
            table.batches().take(1).collect()
            table.close()
            assertThat(runCatching { table.batches().collect() }.exceptionOrNull())
                .isInstanceOf(colonnade.error.ClosedException::class.java)
        }

    @Test
    fun copiesMayBeBuffered() =
        runTest {
            val sums =
                Frame
                    .of(CountingSource(blockCount = 10))
                    .batches()
                    .map { it.f64s("n") }
                    .buffer()
                    .toList()
            assertThat(sums.sumOf { it.size }).isEqualTo(10 * CountingSource.BLOCK_ROWS)
            assertThat(sums.last().last()).isEqualTo(10.0 * CountingSource.BLOCK_ROWS - 1)
        }

    private fun assertEnded(source: CountingSource) {
        assertThat(source.openPasses).describedAs("open passes").hasValue(0)
        assertThat(source.openBlocks).describedAs("open blocks").hasValue(0)
    }
}
