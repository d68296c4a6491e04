package colonnade.kotlin

import colonnade.Expr

/**
 * Whether this lies in the range, both ends included: `distance within 200..2000`. Over a column of floating point all
 * values between the ends count, not only the whole ones. Null gives null, NaN false.
 *
 * Kotlin makes `200..<2000` of whole numbers the range `200..1999`; write `200.0..<2000.0` where 1999.5 is to count.
 */
public infix fun Expr.within(range: IntRange): Expr = between(range.first, range.last)

/** As [within] of an [IntRange]. */
public infix fun Expr.within(range: LongRange): Expr = between(range.first, range.last)

/** Whether this lies in the range, both ends included: `day within date("2001-01-01")..date("2001-01-31")`. */
public infix fun Expr.within(range: ClosedRange<*>): Expr = between(range.start, range.endInclusive)

/** Whether this lies in the range without its end: `ratio within 0.1..<0.5`. */
public infix fun Expr.within(range: OpenEndRange<*>): Expr = ge(range.start).and(lt(range.endExclusive))
