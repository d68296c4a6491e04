package colonnade.kotlin

import colonnade.Expr

// The aggregates of Expr, which Kotlin reaches by `import colonnade.kotlin.*`. A String is a column's name; nulls are skipped.

/** The number of rows, nulls included; as [Expr.count]. */
public fun count(): Expr = Expr.count()

/** The number of values that are not null; as [Expr.count]. */
public fun count(column: String): Expr = Expr.count(column)

/** The number of values that are not null; as [Expr.count]. */
public fun count(value: Expr): Expr = Expr.count(value)

/** The sum; as [Expr.sum]. */
public fun sum(column: String): Expr = Expr.sum(column)

/** The sum; as [Expr.sum]. */
public fun sum(value: Expr): Expr = Expr.sum(value)

/** The mean, in f64; as [Expr.mean]. */
public fun mean(column: String): Expr = Expr.mean(column)

/** The mean, in f64; as [Expr.mean]. */
public fun mean(value: Expr): Expr = Expr.mean(value)

/** The least value; NaN only if all are; as [Expr.min]. */
public fun min(column: String): Expr = Expr.min(column)

/** The least value; NaN only if all are; as [Expr.min]. */
public fun min(value: Expr): Expr = Expr.min(value)

/** The greatest value; NaN only if all are; as [Expr.max]. */
public fun max(column: String): Expr = Expr.max(column)

/** The greatest value; NaN only if all are; as [Expr.max]. */
public fun max(value: Expr): Expr = Expr.max(value)

/** The sample standard deviation (n - 1); as [Expr.std]. */
public fun std(column: String): Expr = Expr.std(column)

/** The sample standard deviation (n - 1); as [Expr.std]. */
public fun std(value: Expr): Expr = Expr.std(value)

/** The population variance (n); as [Expr.varPopulation]. */
public fun varPopulation(column: String): Expr = Expr.varPopulation(column)

/** The population variance (n); as [Expr.varPopulation]. */
public fun varPopulation(value: Expr): Expr = Expr.varPopulation(value)

/** The population standard deviation (n); as [Expr.stdPopulation]. */
public fun stdPopulation(column: String): Expr = Expr.stdPopulation(column)

/** The population standard deviation (n); as [Expr.stdPopulation]. */
public fun stdPopulation(value: Expr): Expr = Expr.stdPopulation(value)

/** The value of the first row, null or not; as [Expr.first]. */
public fun first(column: String): Expr = Expr.first(column)

/** The value of the first row, null or not; as [Expr.first]. */
public fun first(value: Expr): Expr = Expr.first(value)

/** The value of the last row, null or not; as [Expr.last]. */
public fun last(column: String): Expr = Expr.last(column)

/** The value of the last row, null or not; as [Expr.last]. */
public fun last(value: Expr): Expr = Expr.last(value)

/** The number of distinct values; null is none; as [Expr.countDistinct]. */
public fun countDistinct(column: String): Expr = Expr.countDistinct(column)

/** The number of distinct values; null is none; as [Expr.countDistinct]. */
public fun countDistinct(value: Expr): Expr = Expr.countDistinct(value)

/** About as many as [countDistinct], in little memory; as [Expr.approxCountDistinct]. */
public fun approxCountDistinct(column: String): Expr = Expr.approxCountDistinct(column)

/** About as many as [countDistinct], in little memory; as [Expr.approxCountDistinct]. */
public fun approxCountDistinct(value: Expr): Expr = Expr.approxCountDistinct(value)

/** The median, by linear interpolation; as [Expr.median]. */
public fun median(column: String): Expr = Expr.median(column)

/** The median, by linear interpolation; as [Expr.median]. */
public fun median(value: Expr): Expr = Expr.median(value)

/** The sample variance (n - 1); as [Expr.var], which is a word of Kotlin. */
public fun variance(column: String): Expr = Expr.`var`(column)

/** The sample variance (n - 1); as [Expr.var], which is a word of Kotlin. */
public fun variance(value: Expr): Expr = Expr.`var`(value)

/** The value below which this fraction (0 to 1) of the values lies; as [Expr.quantile]. */
public fun quantile(
    column: String,
    fraction: Double,
): Expr = Expr.quantile(column, fraction)

/** The value below which this fraction (0 to 1) of the values lies; as [Expr.quantile]. */
public fun quantile(
    value: Expr,
    fraction: Double,
): Expr = Expr.quantile(value, fraction)

/** The largest values, one row of the result each; as [Expr.largest]. */
public fun largest(
    column: String,
    rowCount: Int,
): Expr = Expr.largest(column, rowCount)

/** The largest values, one row of the result each; as [Expr.largest]. */
public fun largest(
    value: Expr,
    rowCount: Int,
): Expr = Expr.largest(value, rowCount)

/** Pearson's correlation of the pairs of which neither is null; as [Expr.corr]. */
public fun corr(
    x: String,
    y: String,
): Expr = Expr.corr(x, y)

/** Pearson's correlation of the pairs of which neither is null; as [Expr.corr]. */
public fun corr(
    x: Expr,
    y: Expr,
): Expr = Expr.corr(x, y)
