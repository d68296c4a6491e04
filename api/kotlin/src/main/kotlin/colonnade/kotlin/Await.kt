package colonnade.kotlin

import colonnade.Frame
import colonnade.engine.exec.Cancellation
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.completeWith
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import java.util.concurrent.atomic.AtomicReference

/**
 * Runs an action of this frame without blocking the coroutine's thread: `val top = frame.await { collect() }`, `frame.await {
 * writeTo("scaled") }`. The lambda's `this` is the frame, made cancellable; the action runs on [Dispatchers.IO] and the
 * query's own threads.
 *
 * Cancelling the coroutine cancels the query, waits until its threads have ended and its memory is free, and closes a table
 * that was finished at the same moment. A cancelled write has published nothing, unless it was at its end already. Errors of
 * the query are thrown as they are.
 */
public suspend fun <T> Frame.await(action: Frame.() -> T): T {
    val cancellation = Cancellation(options().cancellation())
    val frame = withCancellation(cancellation)
    val result = AtomicReference<T>()
    try {
        return coroutineScope {
            val outcome = CompletableDeferred<T>()
            launch(Dispatchers.IO) {
                outcome.completeWith(runCatching { frame.action().also(result::set) })
            }
            cancelling(cancellation) { outcome.await() }
        }
    } catch (stop: CancellationException) {
        (result.get() as? AutoCloseable)?.close()
        throw stop
    }
}

/** Runs [block]; if it fails or is cancelled, tells [cancellation] that nobody waits any more. */
internal inline fun <T> cancelling(
    cancellation: Cancellation,
    block: () -> T,
): T =
    try {
        block()
    } catch (reason: Throwable) {
        cancellation.cancel()
        throw reason
    }
