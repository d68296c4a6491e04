package colonnade.engine.plan;

/**
 * One key of a sort. NaN sorts as the greatest number, -0.0 equal to 0.0; text by its UTF-8 bytes;
 * false before true.
 *
 * @param expression what to sort by
 * @param descending greatest first
 * @param nullsFirst nulls before all values, whatever the direction; otherwise after
 */
public record SortKey(Expression expression, boolean descending, boolean nullsFirst) {}
