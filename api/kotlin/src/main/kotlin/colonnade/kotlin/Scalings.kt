package colonnade.kotlin

import colonnade.Expr
import colonnade.engine.plan.Scaling

// The ways to scale of Expr, for Expr.normalize.

/** To mean 0 and population standard deviation 1; as [Expr.zScore]. */
public fun zScore(): Scaling = Expr.zScore()

/** To `[0, 1]`; as [Expr.minMax]. */
public fun minMax(): Scaling = Expr.minMax()

/** To `[low, high]`; as [Expr.minMax]. */
public fun minMax(
    low: Double,
    high: Double,
): Scaling = Expr.minMax(low, high)

/** To median 0 and interquartile range 1; as [Expr.robust]. */
public fun robust(): Scaling = Expr.robust()

/** To a largest absolute value of 1; as [Expr.maxAbs]. */
public fun maxAbs(): Scaling = Expr.maxAbs()
