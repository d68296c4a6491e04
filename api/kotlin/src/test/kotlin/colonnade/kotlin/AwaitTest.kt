package colonnade.kotlin

import colonnade.Frame
import colonnade.Table
import colonnade.engine.observe.ProgressListener.Progress
import colonnade.error.TableExistsException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import kotlin.io.path.exists

/** Actions from coroutines: off the caller's thread, cancelled with it, with progress. */
class AwaitTest {
    @TempDir
    lateinit var folder: Path

    private val small: Frame = Frame.of(CountingSource(blockCount = 4))

    @Test
    fun anActionGivesItsResult() =
        runTest {
            assertThat(small.await { collect().use { it.rowCount() } }).isEqualTo(4L * CountingSource.BLOCK_ROWS)
            small.filter(col("n") lt 3).await { collect() }.use { table ->
                assertThat(table.rows().map { it.value<Double>("n") }.toList()).containsExactly(0.0, 1.0, 2.0)
            }
        }

    @Test
    fun anActionRunsOnAnotherThreadWhileTheCallersGoesOn() =
        runTest {
            val go = CountDownLatch(1)
            val source = CountingSource(blockCount = 1, onBlock = { go.await() })
            coroutineScope {
                val count = async { Frame.of(source).await { forEachBatch {} } }
                launch { go.countDown() } // would never run if the query blocked the test's only thread
                count.await()
            }
        }

    @Test
    fun cancellingEndsTheQueryBeforeTheJobIsDone() =
        runTest {
            val reading = CompletableDeferred<Unit>()
            val source = CountingSource(onBlock = { reading.complete(Unit) })
            val target = folder.resolve("endless")
            val job = launch { Frame.of(source).await { writeTo(target) }.close() }
            reading.await()
            job.cancelAndJoin()
            assertThat(source.openPasses).hasValue(0)
            assertThat(source.openBlocks).hasValue(0)
            assertThat(runCatching { Table.open(target) }.isFailure).describedAs("nothing is published").isTrue()
        }

    @Test
    fun aResultThatNobodyTakesIsClosed() =
        runTest {
            var result: Table? = null
            val finished = CompletableDeferred<Unit>()
            val cancelled = CountDownLatch(1)
            val job =
                launch {
                    val table =
                        small.await {
                            collect().also {
                                result = it
                                finished.complete(Unit)
                                cancelled.await()
                            }
                        }
                    error("$table was given to a cancelled coroutine")
                }
            finished.await()
            job.cancel()
            cancelled.countDown()
            job.join()
            assertThat(result.toString()).isEqualTo("Table, closed")
        }

    @Test
    fun errorsAreThrownAsTheyAre() =
        runTest {
            val target = folder.resolve("twice")
            small.await { writeTo(target) }.close()
            assertThat(runCatching { small.await { writeTo(target) } }.exceptionOrNull())
                .isInstanceOf(TableExistsException::class.java)
        }

    @Test
    fun aWriteTellsItsProgress() {
        val told = ConcurrentLinkedQueue<Progress>()
        val own = ConcurrentLinkedQueue<Progress>()
        val target = folder.resolve("told").toString()
        small.withProgress(own::add).writeTo(target, onProgress = { told.add(it) }).close()
        assertThat(told).isNotEmpty().containsExactlyElementsOf(own)
        assertThat(told.last().rows).isEqualTo(4L * CountingSource.BLOCK_ROWS)
    }

    @Test
    fun progressIsAFlowThatRunsTheActionAndEndsWithIt() =
        runTest {
            val target = folder.resolve("flow")
            val progress = small.progress { writeTo(target) }
            assertThat(target.exists()).isFalse()
            val states = progress.toList()
            assertThat(states.last().rows).isEqualTo(4L * CountingSource.BLOCK_ROWS)
            Table.open(target).use { assertThat(it.rowCount()).isEqualTo(4L * CountingSource.BLOCK_ROWS) }
            assertThat(runCatching { progress.collect() }.exceptionOrNull())
                .describedAs("a second collector runs the action again")
                .isInstanceOf(TableExistsException::class.java)
        }
}
