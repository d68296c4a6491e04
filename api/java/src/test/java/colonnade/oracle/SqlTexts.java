package colonnade.oracle;

import colonnade.engine.plan.Expression;
import java.util.List;

/** The functions of text, in SQL that counts code points from 0. */
final class SqlTexts {
  /** What {@link Character#isWhitespace} calls white space. */
  private static final String SPACE = space();

  private SqlTexts() {}

  static String text(Expression.Call call, List<String> sql) {
    String s = sql.get(0);
    String b = sql.size() > 1 ? sql.get(1) : "";
    String c = sql.size() > 2 ? sql.get(2) : "";
    return switch (call.function()) {
      case LENGTH -> "length(" + s + ")";
      case BYTE_LENGTH -> "strlen(" + s + ")";
      // DuckDB has a capital for the German sharp s, which Java has not as one character.
      case UPPER -> "replace(upper(" + s + "), 'ẞ', 'ß')";
      case LOWER -> "lower(" + s + ")";
      case TRIM -> "trim(" + s + ", " + SPACE + ")";
      case TRIM_START -> "ltrim(" + s + ", " + SPACE + ")";
      case TRIM_END -> "rtrim(" + s + ", " + SPACE + ")";
      // Its own reverse keeps graphemes together.
      case REVERSE -> "array_to_string(list_reverse(regexp_extract_all(" + s + ", '(?s).')), '')";
      case SUBSTRING -> {
        String from = "greatest(" + b + ", 0)";
        String to = "least(" + b + "::HUGEINT + " + c + ", 100000)";
        yield "(case when "
            + b
            + " is null or "
            + c
            + " is null then null when "
            + to
            + " <= "
            + from
            + " then (case when "
            + s
            + " is null then null else '' end) else substring("
            + s
            + ", "
            + from
            + " + 1, ("
            + to
            + " - "
            + from
            + ")::BIGINT) end)";
      }
      case CONCAT -> "(" + String.join(" || ", sql) + ")";
      case CONTAINS -> "contains(" + s + ", " + b + ")";
      case STARTS_WITH -> "starts_with(" + s + ", " + b + ")";
      case ENDS_WITH -> "suffix(" + s + ", " + b + ")";
      case INDEX_OF -> "(instr(" + s + ", " + b + ") - 1)";
      case REPLACE -> "replace(" + s + ", " + b + ", " + c + ")";
      case MATCHES -> "regexp_matches(" + s + ", " + b + ")";
      case PAD_START, PAD_END ->
          "(case when "
              + s
              + " is null or "
              + b
              + " is null or "
              + c
              + " is null then null when length("
              + s
              + ") >= "
              + b
              + " or "
              + c
              + " = '' then "
              + s
              + " else "
              + (call.function().label().equals("pad_start") ? "lpad(" : "rpad(")
              + s
              + ", "
              + b
              + "::INTEGER, "
              + c
              + ") end)";
      default -> throw new IllegalArgumentException(call.function().label());
    };
  }

  private static String space() {
    StringBuilder sql = new StringBuilder("' '");
    for (int c = 0; c < 0x10000; c++) {
      if (c != ' ' && Character.isWhitespace(c)) {
        sql.append(" || chr(").append(c).append(')');
      }
    }
    return "(" + sql + ")";
  }
}
