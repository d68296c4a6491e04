package colonnade.kotlin

import colonnade.Expr
import colonnade.When

/**
 * The start of `whenever(delay gt 60) then "late" otherwise "fine"`: the first condition that is true decides, one that
 * is null does not. As [Expr.when], which is a word of Kotlin.
 */
public fun whenever(condition: Expr): When = Expr.`when`(condition)

/** The value where the condition is true: an [Expr] or a constant; text is text. */
public infix fun When.then(value: Any?): When.Then = then(value)

/** Another condition, looked at where none before was true: `… then 1 whenever (b) then 2 otherwise 3`. */
public infix fun When.Then.whenever(condition: Expr): When = `when`(condition)

/** The value where no condition was true: an [Expr] or a constant; text is text. */
public infix fun When.Then.otherwise(value: Any?): Expr = otherwise(value)

/** The first of these that is not null; as [Expr.coalesce]. */
public fun coalesce(vararg values: Any?): Expr = Expr.coalesce(*values)

/** These texts one after the other; as [Expr.concat]. */
public fun concat(vararg values: Any?): Expr = Expr.concat(*values)

/** The least of these in each row that is not null; as [Expr.least]. */
public fun least(vararg values: Any?): Expr = Expr.least(*values)

/** The greatest of these in each row that is not null; as [Expr.greatest]. */
public fun greatest(vararg values: Any?): Expr = Expr.greatest(*values)
