package colonnade.kotlin

import colonnade.Expr
import colonnade.Order

// The orders of Expr, for Frame.sort.

/** Least first, nulls last; as [Expr.asc]. */
public fun asc(column: String): Order = Expr.asc(column)

/** Least first, nulls last; as [Expr.asc]. */
public fun asc(value: Expr): Order = Expr.asc(value)

/** Greatest first, nulls last; as [Expr.desc]. */
public fun desc(column: String): Order = Expr.desc(column)

/** Greatest first, nulls last; as [Expr.desc]. */
public fun desc(value: Expr): Order = Expr.desc(value)
