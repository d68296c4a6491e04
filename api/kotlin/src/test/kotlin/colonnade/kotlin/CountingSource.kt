package colonnade.kotlin

import colonnade.Schema
import colonnade.engine.exec.Block
import colonnade.engine.exec.StreamSource
import colonnade.engine.store.Vector
import java.lang.foreign.Arena
import java.lang.foreign.ValueLayout
import java.util.OptionalLong
import java.util.concurrent.atomic.AtomicLong

/** The numbers 0, 1, 2 … in a column `n` of f64, without an end if [blockCount] is so large; counts what is open. */
class CountingSource(
    private val blockCount: Long = Long.MAX_VALUE,
    private val onBlock: (Long) -> Unit = {},
) : StreamSource {
    val openPasses = AtomicLong()
    val openBlocks = AtomicLong()
    val blocksRead = AtomicLong()

    override fun name(): String = "numbers"

    override fun schema(): Schema = schemaOf("n" to F64)

    override fun rowCount(): OptionalLong = OptionalLong.empty()

    override fun open(columns: IntArray): StreamSource.Pass {
        openPasses.incrementAndGet()
        return object : StreamSource.Pass {
            private var block = 0L

            override fun next(): Block? {
                if (block == blockCount) {
                    return null
                }
                onBlock(block)
                blocksRead.incrementAndGet()
                return Numbers(block++ * BLOCK_ROWS)
            }

            override fun close() {
                openPasses.decrementAndGet()
            }
        }
    }

    private inner class Numbers(
        private val first: Long,
    ) : Block {
        private val arena = Arena.ofShared()
        private val values = arena.allocate(8L * BLOCK_ROWS)

        init {
            openBlocks.incrementAndGet()
            for (i in 0 until BLOCK_ROWS) {
                values.setAtIndex(ValueLayout.JAVA_DOUBLE, i.toLong(), (first + i).toDouble())
            }
        }

        override fun firstRow(): Long = first

        override fun rowCount(): Int = BLOCK_ROWS

        override fun vector(
            column: Int,
            firstRow: Int,
            rowCount: Int,
        ): Vector = Vector.fixed(F64, values, 8L * firstRow, null, 0)

        override fun close() {
            arena.close()
            openBlocks.decrementAndGet()
        }
    }

    companion object {
        const val BLOCK_ROWS = 8192
    }
}
