package colonnade.kotlin

import colonnade.Expr
import kotlin.properties.ReadOnlyProperty
import kotlin.reflect.KProperty

/** The column of this name; as [Expr.col]. */
public fun col(name: String): Expr = Expr.col(name)

/** A constant; as [Expr.lit]. */
public fun lit(value: Any?): Expr = Expr.lit(value)

/** The same value in a column of this name: `mean(delay) named "mean_delay"`; as [Expr.as], which is a word of Kotlin. */
public infix fun Expr.named(name: String): Expr = `as`(name)

/** The column named like the property, or [name]: `val delay by column()`. */
public fun column(name: String? = null): ColumnDelegate = ColumnDelegate(name)

/** What [column] gives to a property: the expression of a column. Immutable. */
public class ColumnDelegate internal constructor(
    private val name: String?,
) {
    /** Takes the name of the property, once, where it is declared. */
    public operator fun provideDelegate(
        thisRef: Any?,
        property: KProperty<*>,
    ): ReadOnlyProperty<Any?, Expr> {
        val expression = col(name ?: property.name)
        return ReadOnlyProperty { _, _ -> expression }
    }
}
