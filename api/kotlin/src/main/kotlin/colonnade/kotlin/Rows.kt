package colonnade.kotlin

import colonnade.Row
import colonnade.error.InvalidQueryException
import java.time.LocalDate
import java.time.LocalDateTime
import kotlin.reflect.KProperty
import kotlin.reflect.KType
import kotlin.reflect.typeOf

/**
 * The value of a column as a [T]: `row.value<Double>("delay_z")`, or `row.value<Double?>("delay_z")` where it may be null.
 * [T] is Double, Float, Long, Int, Boolean, String, LocalDate, LocalDateTime, ByteArray or Any, and reads the columns that
 * the method of [Row] of that type reads. `row["delay_z"]` gives the value without a type, as [Row.get].
 *
 * @throws colonnade.error.TypeMismatchException if the column is of another type
 * @throws colonnade.error.InvalidQueryException if the value is null and [T] is not
 */
public inline fun <reified T> Row.value(column: String): T = read(this, column, typeOf<T>()) as T

/** The value of the column named like the property: `val delay: Double by row`; as [value]. */
public inline operator fun <reified T> Row.getValue(
    thisRef: Any?,
    property: KProperty<*>,
): T = value(property.name)

@PublishedApi
internal fun read(
    row: Row,
    column: String,
    type: KType,
): Any? {
    if (type.isMarkedNullable && row.isNull(column)) {
        return null
    }
    val value =
        when (type.classifier) {
            Double::class -> row.f64(column)
            Float::class -> row.f32(column)
            Long::class -> row.i64(column)
            Int::class -> row.i32(column)
            Boolean::class -> row.bool(column)
            String::class -> row.text(column)
            LocalDate::class -> row.date(column)
            LocalDateTime::class -> row.timestamp(column)
            ByteArray::class -> row.bytes(column)
            Any::class -> row.get(column)
            else -> throw IllegalArgumentException("no column reads as $type; see the documentation of Row.value")
        }
    return value ?: missing(row, column, type)
}

private fun missing(
    row: Row,
    column: String,
    type: KType,
): Nothing =
    throw InvalidQueryException(
        "column '$column'",
        "'$column' is null in $row; $type cannot hold that",
        "Ask for $type? instead.",
    )
