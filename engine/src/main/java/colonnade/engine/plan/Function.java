package colonnade.engine.plan;

/**
 * The functions of a row's values. {@link Typing} has the types each takes and gives; {@code
 * src/docs/expressions.md} has what each does with nulls, NaN and the edges of its domain. Unless
 * said otherwise a null argument gives null.
 */
public enum Function {
  // Arithmetic: integers give i64 (overflow is an error), floating point gives f64.
  ADD("+"),
  SUBTRACT("-"),
  MULTIPLY("*"),
  /** True division in f64, also of integers; by zero as IEEE 754 says. */
  DIVIDE("/"),
  /** Division rounded towards minus infinity; integer division by zero is null. */
  FLOOR_DIVIDE("//"),
  /** Remainder with the sign of the dividend; integer remainder by zero is null. */
  REMAINDER("%"),
  NEGATE("negate"),
  ABSOLUTE("abs"),
  SIGN("sign"),

  // Comparison: IEEE 754 for floating point, so a comparison with NaN is false and "not equal"
  // true.
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  /** Equal, where null equals null and nothing else: never null. */
  SAME("same"),

  // Kleene logic: false and null is false, true or null is true.
  AND("and"),
  OR("or"),
  XOR("xor"),
  NOT("not"),

  // Nulls and NaN.
  IS_NULL("is_null"),
  IS_NOT_NULL("is_not_null"),
  /** Whether the value is NaN; null for null. */
  IS_NAN("is_nan"),
  /** Whether the value is neither infinite nor NaN; null for null. */
  IS_FINITE("is_finite"),
  /** The first argument that is not null. */
  COALESCE("coalesce"),
  /** Null where both arguments are equal, else the first. */
  NULL_IF("null_if"),
  /** The second argument where the first is NaN. */
  FILL_NAN("fill_nan"),

  // Mathematics in f64.
  SQRT("sqrt"),
  CBRT("cbrt"),
  EXP("exp"),
  EXPM1("expm1"),
  LN("ln"),
  LOG2("log2"),
  LOG10("log10"),
  LOG1P("log1p"),
  POWER("power"),
  SIN("sin"),
  COS("cos"),
  TAN("tan"),
  ASIN("asin"),
  ACOS("acos"),
  ATAN("atan"),
  ATAN2("atan2"),
  SINH("sinh"),
  COSH("cosh"),
  TANH("tanh"),
  DEGREES("degrees"),
  RADIANS("radians"),
  FLOOR("floor"),
  CEIL("ceil"),
  /** Rounded half away from zero to a constant number of decimals. */
  ROUND("round"),
  /** Rounded towards zero. */
  TRUNCATE("trunc"),
  /** The least of the arguments that are not null. */
  LEAST("least"),
  /** The greatest of the arguments that are not null. */
  GREATEST("greatest"),

  // Text. Positions and lengths count Unicode code points; positions start at 0.
  LENGTH("length"),
  BYTE_LENGTH("byte_length"),
  UPPER("upper"),
  LOWER("lower"),
  TRIM("trim"),
  TRIM_START("trim_start"),
  TRIM_END("trim_end"),
  REVERSE("reverse"),
  /** Text, start, length: the part of it, cut at the text's ends. */
  SUBSTRING("substring"),
  CONCAT("concat"),
  CONTAINS("contains"),
  STARTS_WITH("starts_with"),
  ENDS_WITH("ends_with"),
  /** Position of the first occurrence, or -1. */
  INDEX_OF("index_of"),
  /** Text, target, replacement: every occurrence replaced. */
  REPLACE("replace"),
  /** Whether a constant regular expression is found in the text. */
  MATCHES("matches"),
  /** Text, length, fill: padded at its start. */
  PAD_START("pad_start"),
  /** Text, length, fill: padded at its end. */
  PAD_END("pad_end"),

  // Dates and timestamps, proleptic Gregorian, without a time zone. A date is midnight.
  YEAR("year"),
  QUARTER("quarter"),
  MONTH("month"),
  DAY("day"),
  HOUR("hour"),
  MINUTE("minute"),
  SECOND("second"),
  /** Microseconds within the second. */
  MICROSECOND("microsecond"),
  /** Monday is 1, Sunday 7. */
  DAY_OF_WEEK("day_of_week"),
  DAY_OF_YEAR("day_of_year"),
  /** The week of ISO 8601. */
  ISO_WEEK("iso_week"),
  /**
   * Value, unit: the start of its year, quarter, month, week (Monday), day, hour, minute or second.
   */
  TRUNCATE_TIME("truncate"),
  /**
   * Value, amount, unit: moved by whole units; the day of the month is cut to the month's length.
   */
  OFFSET_TIME("offset");

  private final String label;

  Function(String label) {
    this.label = label;
  }

  /** The name or sign in explain and messages. */
  public String label() {
    return label;
  }

  /** Whether {@link #label()} is written between the two arguments. */
  public boolean isInfix() {
    return switch (this) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER -> true;
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
      case AND, OR, XOR -> true;
      default -> false;
    };
  }
}
