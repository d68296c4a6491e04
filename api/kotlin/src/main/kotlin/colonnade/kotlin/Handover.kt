package colonnade.kotlin

import colonnade.error.CancelledException
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.trySendBlocking
import java.util.concurrent.Semaphore

/**
 * Hands elements that the giver may use again, one at a time, from blocking threads to one coroutine: [give] returns after
 * the taker is done with the element. Used for one run of a query.
 */
internal class Handover<T : Any> {
    private val elements = Channel<T>(Channel.RENDEZVOUS)
    private val done = Semaphore(0)

    /**
     * Gives one element and waits until it was used.
     *
     * @throws CancelledException if the taker has gone or this thread is interrupted
     */
    fun give(element: T) {
        try {
            if (elements.trySendBlocking(element).isSuccess) {
                done.acquire()
                return
            }
        } catch (interrupt: InterruptedException) {
            Thread.currentThread().interrupt()
        }
        throw CancelledException("query", "nobody takes the batches of the query any more", "")
    }

    /** Runs [giving]; the taker then sees the end, or the error that [giving] threw. */
    inline fun endAfter(giving: () -> Unit) {
        elements.close(runCatching(giving).exceptionOrNull())
    }

    /** Takes elements until the end; whatever ends it, a giver that waits goes on, and fails at its next [give]. */
    suspend inline fun takeEach(use: (T) -> Unit) {
        try {
            for (element in elements) {
                use(element)
                done.release()
            }
        } finally {
            elements.cancel()
            done.release()
        }
    }
}
