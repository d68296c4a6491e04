package colonnade.kotlin

import colonnade.Expr

// Kotlin's own >, == and && must give a Boolean; a comparison that is to stay an expression is an infix word. Infix words
// bind weaker than arithmetic and all alike, so comparisons stand in parentheses: (delay gt 15) and (distance lt 200).

/** Whether this is greater than [other], an [Expr] or a constant; as [Expr.gt]. */
public infix fun Expr.gt(other: Any?): Expr = gt(other)

/** Whether this is greater than [other] or equal; as [Expr.ge]. */
public infix fun Expr.ge(other: Any?): Expr = ge(other)

/** Whether this is less than [other], an [Expr] or a constant; as [Expr.lt]. */
public infix fun Expr.lt(other: Any?): Expr = lt(other)

/** Whether this is less than [other] or equal; as [Expr.le]. */
public infix fun Expr.le(other: Any?): Expr = le(other)

/** Whether this equals [other], an [Expr] or a constant; text is text. Null gives null; as [Expr.eq]. */
public infix fun Expr.eq(other: Any?): Expr = eq(other)

/** Whether this differs from [other], an [Expr] or a constant; text is text. Null gives null; as [Expr.ne]. */
public infix fun Expr.ne(other: Any?): Expr = ne(other)

/** Whether both hold, in Kleene logic; as [Expr.and]. */
public infix fun Expr.and(other: Expr): Expr = and(other)

/** Whether one of them holds, in Kleene logic; as [Expr.or]. */
public infix fun Expr.or(other: Expr): Expr = or(other)

/** Whether exactly one of them holds, in Kleene logic; as [Expr.xor]. */
public infix fun Expr.xor(other: Expr): Expr = xor(other)

/** Whether this number is greater than [other]. */
public infix fun Number.gt(other: Expr): Expr = lit(this).gt(other)

/** Whether this number is greater than [other] or equal. */
public infix fun Number.ge(other: Expr): Expr = lit(this).ge(other)

/** Whether this number is less than [other]. */
public infix fun Number.lt(other: Expr): Expr = lit(this).lt(other)

/** Whether this number is less than [other] or equal. */
public infix fun Number.le(other: Expr): Expr = lit(this).le(other)

/** Whether this number equals [other]. */
public infix fun Number.eq(other: Expr): Expr = lit(this).eq(other)

/** Whether this number differs from [other]. */
public infix fun Number.ne(other: Expr): Expr = lit(this).ne(other)
