package colonnade.engine.exec;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Scaling;
import colonnade.engine.store.ColumnNotes;
import colonnade.error.CorruptColumnException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a column was scaled: {@code (x - offset) / scale}; its inverse is {@code y * scale + offset}.
 * An immutable value; kept in the manifest beside the column.
 *
 * @param kind the way of scaling
 * @param offset what was subtracted
 * @param scale what was divided by; never zero
 */
public record FittedScaling(Scaling.Kind kind, double offset, double scale) implements Fitted {
  private static final String KIND = "scaling";
  private static final String OFFSET = "scaling.offset";
  private static final String SCALE = "scaling.scale";

  @Override
  public ColumnNotes notes(Function<Expression, @Nullable String> nameOf) {
    return new ColumnNotes(
        Map.of(KIND, kind.label(), OFFSET, Double.toString(offset), SCALE, Double.toString(scale)),
        null);
  }

  /**
   * What {@link #notes} made, if these are such attributes.
   *
   * @param place what messages call the column
   * @throws CorruptColumnException if they do not say a way of scaling and two numbers
   */
  public static Optional<FittedScaling> of(Map<String, String> attributes, String place) {
    String label = attributes.get(KIND);
    String offset = attributes.get(OFFSET);
    String scale = attributes.get(SCALE);
    if (label == null || offset == null || scale == null) {
      return Optional.empty();
    }
    try {
      Scaling.Kind kind = Scaling.Kind.valueOf(label.toUpperCase(Locale.ROOT));
      return Optional.of(
          new FittedScaling(kind, Double.parseDouble(offset), Double.parseDouble(scale)));
    } catch (IllegalArgumentException e) {
      throw new CorruptColumnException(
          place,
          place + " has attributes of its scaling that cannot be read",
          "Its values are not affected; write the column again to keep how it was scaled.",
          e);
    }
  }
}
