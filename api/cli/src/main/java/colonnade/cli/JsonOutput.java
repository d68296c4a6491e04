package colonnade.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.temporal.Temporal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Values as JSON on standard output, for other programs to read. */
final class JsonOutput {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonOutput() {}

  /** Prints {@code value}: maps, lists, texts, numbers, booleans and nulls. */
  static void print(Object value) {
    try {
      System.out.println(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A cell as JSON has it: dates as ISO text, bytes in base 64, NaN and infinities as text. */
  static @Nullable Object cell(@Nullable Object value) {
    return switch (value) {
      case Temporal time -> time.toString();
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      case Double d when !Double.isFinite(d) -> d.toString();
      case Float f when !Float.isFinite(f) -> f.toString();
      case null, default -> value;
    };
  }
}
