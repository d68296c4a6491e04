package colonnade.engine.exec.expr;

import colonnade.engine.plan.Function;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text of {@link RowInterpreter}, by {@link String}. */
final class RowTexts {
  private RowTexts() {}

  static Object call(Function function, List<Object> values) {
    String s = (String) values.get(0);
    return switch (function) {
      case LENGTH -> (long) s.codePointCount(0, s.length());
      case BYTE_LENGTH -> (long) s.getBytes(StandardCharsets.UTF_8).length;
      case UPPER -> mapped(s, true);
      case LOWER -> mapped(s, false);
      case TRIM -> s.strip();
      case TRIM_START -> s.stripLeading();
      case TRIM_END -> s.stripTrailing();
      case REVERSE -> new StringBuilder(s).reverse().toString();
      case SUBSTRING -> substring(s, (Long) values.get(1), (Long) values.get(2));
      case CONCAT -> values.stream().map(String.class::cast).collect(Collectors.joining());
      case CONTAINS -> s.contains((String) values.get(1));
      case STARTS_WITH -> s.startsWith((String) values.get(1));
      case ENDS_WITH -> s.endsWith((String) values.get(1));
      case INDEX_OF -> {
        int at = s.indexOf((String) values.get(1));
        yield at < 0 ? -1L : (long) s.codePointCount(0, at);
      }
      case REPLACE ->
          ((String) values.get(1)).isEmpty()
              ? s
              : s.replace((String) values.get(1), (String) values.get(2));
      case MATCHES -> Pattern.compile((String) values.get(1)).matcher(s).find();
      case PAD_START -> padding(s, (Long) values.get(1), (String) values.get(2)) + s;
      case PAD_END -> s + padding(s, (Long) values.get(1), (String) values.get(2));
      default -> throw new IllegalArgumentException(function.label());
    };
  }

  private static String mapped(String s, boolean upper) {
    StringBuilder result = new StringBuilder();
    s.codePoints()
        .map(c -> upper ? Character.toUpperCase(c) : Character.toLowerCase(c))
        .forEach(result::appendCodePoint);
    return result.toString();
  }

  private static String substring(String s, long start, long length) {
    int[] points = s.codePoints().toArray();
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < points.length; i++) {
      if (i >= start
          && java.math.BigInteger.valueOf(start)
                  .add(java.math.BigInteger.valueOf(length))
                  .compareTo(java.math.BigInteger.valueOf(i))
              > 0) {
        result.appendCodePoint(points[i]);
      }
    }
    return result.toString();
  }

  private static String padding(String s, long length, String fill) {
    int[] points = fill.codePoints().toArray();
    StringBuilder result = new StringBuilder();
    for (int i = 0; points.length > 0 && i < length - s.codePointCount(0, s.length()); i++) {
      result.appendCodePoint(points[i % points.length]);
    }
    return result.toString();
  }
}
