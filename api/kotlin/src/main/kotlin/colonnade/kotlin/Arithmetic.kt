package colonnade.kotlin

import colonnade.Expr

// Numbers on the left; the Java class itself has the operators with the number on the right.

/** This number plus [other]; as [Expr.plus]. */
public operator fun Number.plus(other: Expr): Expr = lit(this).plus(other)

/** This number minus [other]; as [Expr.minus]. */
public operator fun Number.minus(other: Expr): Expr = lit(this).minus(other)

/** This number times [other]; as [Expr.times]. */
public operator fun Number.times(other: Expr): Expr = lit(this).times(other)

/** This number divided by [other], in f64; as [Expr.div]. */
public operator fun Number.div(other: Expr): Expr = lit(this).div(other)

/** The remainder of this number divided by [other], with the sign of this; as [Expr.rem]. */
public operator fun Number.rem(other: Expr): Expr = lit(this).rem(other)
