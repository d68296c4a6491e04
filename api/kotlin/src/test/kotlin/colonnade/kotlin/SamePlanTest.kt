package colonnade.kotlin

import colonnade.Expr
import colonnade.Frame
import colonnade.Table
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

/** Kotlin is another spelling of the same plan. */
class SamePlanTest {
    private val x by column()
    private val other by column("y")

    private val expressions: Map<String, Expr> =
        mapOf(
            "gt" to (x gt 1),
            "ge" to (x ge other),
            "lt" to (x lt 1.5),
            "le" to (x le other),
            "eq text" to (x eq "LAS"),
            "ne null" to (x ne null),
            "logic" to !(((x gt 1) and (other lt 2)) or (x eq 3) xor other.isNull()),
            "number first" to ((1 gt x) and (2 ge x) and (3 lt x) and (4 le x)),
            "number equals" to ((1 eq x) or (2.5 ne other)),
            "arithmetic" to -((x + 1 - other) * 2 / x % 3),
            "arithmetic, number first" to (100 * x + (1 - other)),
            "quotients, number first" to (1 / x + 7 % other + (2 + x)),
            "whole range" to (x within 200..2000),
            "long range" to (x within 200L..2_000_000_000_000L),
            "decimal range" to (x within 0.1..0.5),
            "range without its end" to (x within 0.1..<0.5),
            "whole range without its end" to (x within 1..<10),
            "dates" to (x within date("2001-01-01")..date("2001-01-31")),
            "timestamp" to (x lt timestamp("2001-03-01T06:30")),
            "named" to (mean(x) named "mean_x"),
            "when" to (whenever(x gt 60) then "late" whenever (x gt 15) then other otherwise null),
        )

    @TestFactory
    fun anExpressionIsTheSameAsInJava(): List<DynamicTest> {
        val java = JavaFrames.expressions()
        assertThat(expressions.keys).isEqualTo(java.keys)
        return java.map { (name, expected) ->
            DynamicTest.dynamicTest(name) {
                assertThat(expressions[name]).isEqualTo(expected)
                assertThat(expressions[name].toString()).isEqualTo(expected.toString())
            }
        }
    }

    @Test
    fun aQueryIsTheSameAsInJava() {
        flights().use { flights ->
            val delay by column()
            val distance by column()
            val busy =
                flights
                    .filter((delay gt 15) and (distance within 200..2000))
                    .map("pace", delay / distance * 100)
                    .groupBy("origin")
                    .aggregate(
                        count() named "flights",
                        mean(delay) named "mean_delay",
                        quantile(delay, 0.9) named "p90",
                    ).filter(col("flights") ge 100)
                    .sort(desc("mean_delay"))
                    .limit(10)
            assertSame(busy, JavaFrames.busy(flights))
            val scaled = flights.map("delay_z", delay.normalize(zScore())).select("origin", "delay_z")
            assertSame(scaled, JavaFrames.scaled(flights))
        }
    }

    private fun assertSame(
        kotlin: Frame,
        java: Frame,
    ) {
        assertThat(kotlin.explain()).isNotEmpty().isEqualTo(java.explain())
        assertThat(kotlin.plan()).isEqualTo(java.plan())
    }

    private fun flights(): Table =
        Table.of(
            "delay",
            longArrayOf(1, 20, 30),
            "distance",
            longArrayOf(300, 400, 5000),
            "origin",
            arrayOf("A", "B", "A"),
        )
}
