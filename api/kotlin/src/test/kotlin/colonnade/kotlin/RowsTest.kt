package colonnade.kotlin

import colonnade.Table
import colonnade.error.InvalidQueryException
import colonnade.error.TypeMismatchException
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.assertj.core.api.Assertions.assertThatIllegalArgumentException
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import java.time.LocalDate

/** Values of rows by type, by name, and by property. */
class RowsTest {
    private val table =
        Table.of(
            "delay",
            doubleArrayOf(1.5, 2.5),
            "flights",
            longArrayOf(7, 8),
            "origin",
            arrayOf("LAS", null),
            "day",
            arrayOf(LocalDate.of(2001, 1, 1), null),
            "ok",
            booleanArrayOf(true, false),
        )

    @AfterEach
    fun close() = table.close()

    @Test
    fun readsValuesByTheirType() {
        val row = table[0]
        assertThat(row["delay"]).isEqualTo(1.5)
        assertThat(row.value<Double>("delay")).isEqualTo(1.5)
        assertThat(row.value<Long>("flights")).isEqualTo(7L)
        assertThat(row.value<String>("origin")).isEqualTo("LAS")
        assertThat(row.value<LocalDate>("day")).isEqualTo(date("2001-01-01"))
        assertThat(row.value<Boolean>("ok")).isTrue()
        assertThat(row.value<Any>("flights")).isEqualTo(7L)
    }

    @Test
    fun readsValuesIntoPropertiesOfTheSameName() {
        val delay: Double by table[1]
        val origin: String? by table[1]
        val day: LocalDate? by table[1]
        assertThat(delay).isEqualTo(2.5)
        assertThat(origin).isNull()
        assertThat(day).isNull()
    }

    @Test
    fun refusesANullWhereTheTypeHasNone() {
        assertThatExceptionOfType(InvalidQueryException::class.java)
            .isThrownBy { table[1].value<String>("origin") }
            .withMessageContaining("'origin' is null")
    }

    @Test
    fun refusesAnotherTypeThanTheColumns() {
        assertThatExceptionOfType(TypeMismatchException::class.java).isThrownBy { table[0].value<String>("delay") }
        assertThatIllegalArgumentException().isThrownBy { table[0].value<java.util.UUID>("delay") }
    }

    @Test
    fun walksTheRowsOfATable() {
        assertThat(table.rows().map { it.value<Long>("flights") }.toList()).containsExactly(7L, 8L)
    }

    @Test
    fun aSchemaIsWrittenAsPairs() {
        val schema = schemaOf("t" to TIMESTAMP_MICROS, "v" to F64)
        assertThat(schema).isEqualTo(colonnade.Schema.of("t", TIMESTAMP_MICROS, "v", F64))
        assertThat(schema["v"].type).isEqualTo(F64)
        assertThat("v" in schema).isTrue()
    }
}
