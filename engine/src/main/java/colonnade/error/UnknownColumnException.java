package colonnade.error;

import colonnade.Field;
import colonnade.Schema;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column name that the table or frame does not have. Thrown before any row is read; names the
 * nearest column.
 */
public class UnknownColumnException extends ColonnadeException {
  private static final long serialVersionUID = 1L;

  private final String columnName;
  private final @Nullable String nearestName;

  private UnknownColumnException(
      String columnName, String problem, @Nullable Field nearest, String remedy) {
    super("column '" + columnName + "'", problem, remedy, null);
    this.columnName = columnName;
    this.nearestName = nearest == null ? null : nearest.name();
  }

  /** The error for {@code columnName} missing in {@code schema}. */
  public static UnknownColumnException of(String columnName, Schema schema) {
    return of(columnName, schema, "");
  }

  /**
   * The error for {@code columnName} missing in {@code schema}, naming the table or frame where it
   * was looked for.
   */
  public static UnknownColumnException of(String columnName, Schema schema, String table) {
    String problem = "no column '" + columnName + "'" + (table.isEmpty() ? "" : " in " + table);
    Field nearest = nearest(columnName, schema);
    if (nearest != null) {
      return new UnknownColumnException(
          columnName,
          problem + "; the nearest is '" + nearest.name() + "' (" + nearest.type() + ")",
          nearest,
          "");
    }
    String names =
        schema.size() <= 30
            ? String.join(", ", schema.names())
            : String.join(", ", schema.names().subList(0, 30))
                + ", … ("
                + schema.size()
                + " in all)";
    return new UnknownColumnException(
        columnName,
        problem,
        null,
        schema.size() == 0 ? "There are no columns." : "The columns are: " + names);
  }

  /** The name that was asked for. */
  public String columnName() {
    return columnName;
  }

  /** The existing name most like it, or null if none is alike. */
  public @Nullable String nearestName() {
    return nearestName;
  }

  private static @Nullable Field nearest(String name, Schema schema) {
    Field best = null;
    int bestDistance = Math.max(2, name.length() / 2) + 1;
    for (Field field : schema) {
      int distance =
          distance(
              name.toLowerCase(Locale.ROOT), field.name().toLowerCase(Locale.ROOT), bestDistance);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = field;
      }
    }
    return best;
  }

  /** Levenshtein's distance, or {@code limit} as soon as it is known to be no smaller. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
