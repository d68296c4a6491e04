package colonnade.engine.plan;

/**
 * Which rows a join keeps. Keys are equal by value; null equals nothing; NaN equals NaN and -0.0
 * equals 0.0.
 */
public enum JoinKind {
  /** Every pair of rows with equal keys. */
  INNER,
  /** As inner, and each left row without a partner once, with nulls on the right. */
  LEFT,
  /** Each left row that has a partner, once; left columns only. */
  SEMI,
  /** Each left row that has none; left columns only. */
  ANTI
}
