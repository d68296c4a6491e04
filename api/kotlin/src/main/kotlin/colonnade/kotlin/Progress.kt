package colonnade.kotlin

import colonnade.Frame
import colonnade.Mode
import colonnade.Table
import colonnade.engine.observe.ProgressListener.Progress
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.flow.conflate
import java.nio.file.Path

/**
 * Runs and writes the result as a new table, as [Frame.writeTo]; [onProgress] is told how far it is, from any thread, and
 * must return quickly. Blocks the caller; in a coroutine `await { writeTo(path, onProgress = …) }` does not.
 */
public fun Frame.writeTo(
    path: Path,
    mode: Mode = Mode.READ_WRITE,
    onProgress: (Progress) -> Unit,
): Table = telling(onProgress).writeTo(path, mode)

/** As [writeTo] with a [Path]. */
public fun Frame.writeTo(
    path: String,
    mode: Mode = Mode.READ_WRITE,
    onProgress: (Progress) -> Unit,
): Table = writeTo(Path.of(path), mode, onProgress)

/**
 * The progress of [action] as a cold flow: `frame.progress { writeTo("scaled") }.collect { bar.set(it.rows) }`. Collecting
 * runs the action, as [await] does, and ends when it has ended; a table that it returns is closed. A slow collector misses
 * states and never holds up the query. Cancelling the collector cancels the query; an error of the query is thrown to the
 * collector.
 */
public fun Frame.progress(action: Frame.() -> Any?): Flow<Progress> =
    channelFlow<Progress> {
        val result = telling { trySend(it) }.await(action)
        (result as? AutoCloseable)?.close()
    }.conflate()

/** The same work, telling [onProgress] as well as whoever is told already. */
private fun Frame.telling(onProgress: (Progress) -> Unit): Frame {
    val other = options().progress()
    return withProgress { progress ->
        other.onProgress(progress)
        onProgress(progress)
    }
}
