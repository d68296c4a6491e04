package colonnade.kotlin

import colonnade.DataType
import colonnade.Field
import colonnade.Schema

/**
 * The schema of these columns in this order: `schemaOf("t" to TIMESTAMP_MICROS, "v" to F64)`.
 *
 * @throws IllegalArgumentException if a name occurs twice
 */
public fun schemaOf(vararg columns: Pair<String, DataType>): Schema =
    Schema(columns.map { (name, type) -> Field(name, type) })

/** The column of this name: `schema["v"].type`; as [Schema.field]. */
public operator fun Schema.get(column: String): Field = field(column)
