package colonnade.engine.store.format;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object while they are being taken out: each by name and kind, and in the
 * end none may be left. Used once, by one thread.
 */
final class JsonMembers {
  private final String place;
  private final Map<String, Json> values;
  private final Set<String> taken = new HashSet<>();

  private JsonMembers(String place, Map<String, Json> values) {
    this.place = place;
    this.values = values;
  }

  static JsonMembers of(String place, Json value) throws JsonException {
    if (value instanceof Json.Members members) {
      return new JsonMembers(place, members.values());
    }
    throw new JsonException(place + " is not an object");
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) throws JsonException {
    if (take(name) instanceof Json.Text text) {
      return text.value();
    }
    throw new JsonException(place + " has a '" + name + "' that is not text");
  }

  List<Json> items(String name) throws JsonException {
    if (take(name) instanceof Json.Items items) {
      return items.values();
    }
    throw new JsonException(place + " has '" + name + "' that is not a list");
  }

  JsonMembers members(String name) throws JsonException {
    return of("'" + name + "' of " + place, take(name));
  }

  /** An object whose members are all text; empty where there is none of this name. */
  Map<String, String> texts(String name) throws JsonException {
    if (!has(name)) {
      return Map.of();
    }
    JsonMembers members = members(name);
    Map<String, String> texts = new HashMap<>();
    for (String key : members.values.keySet()) {
      texts.put(key, members.text(key));
    }
    return texts;
  }

  /** A whole number from {@code min} to {@code max}. */
  long integer(String name, long min, long max) throws JsonException {
    if (take(name) instanceof Json.Numeral numeral) {
      try {
        long value = Long.parseLong(numeral.literal());
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw new JsonException(
            place + " has a '" + name + "' that is no whole number: " + numeral.literal());
      }
      throw new JsonException(
          place
              + " has a '"
              + name
              + "' of "
              + numeral.literal()
              + ", which is not from "
              + min
              + " to "
              + max);
    }
    throw new JsonException(place + " has a '" + name + "' that is no number");
  }

  /** A double other than NaN: a number, or the name of an infinity. */
  double real(String name) throws JsonException {
    Json value = take(name);
    if (value instanceof Json.Numeral numeral) {
      double real = Double.parseDouble(numeral.literal());
      if (Double.isFinite(real)) {
        return real;
      }
    } else if (value instanceof Json.Text text) {
      if (text.value().equals("Infinity")) {
        return Double.POSITIVE_INFINITY;
      }
      if (text.value().equals("-Infinity")) {
        return Double.NEGATIVE_INFINITY;
      }
    }
    throw new JsonException(place + " has a '" + name + "' that is no number that a double holds");
  }

  /** Eight lower-case hexadecimal digits. */
  int checksum(String name) throws JsonException {
    return (int) digits(name, Integer.BYTES, "no checksum");
  }

  /** The member {@code name}: bits in two hexadecimal digits a byte. */
  long bits(String name, int bytes) throws JsonException {
    return digits(name, bytes, "not " + 2 * bytes + " hexadecimal digits");
  }

  private long digits(String name, int bytes, String otherwise) throws JsonException {
    String text = text(name);
    boolean valid = text.length() == 2 * bytes;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      valid &= c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }
    if (!valid) {
      throw new JsonException(place + " has a '" + name + "' that is " + otherwise);
    }
    return Long.parseUnsignedLong(text, 16);
  }

  /** A member that nobody asked for, or null. */
  @Nullable String unknown() {
    for (String name : values.keySet()) {
      if (!taken.contains(name)) {
        return name;
      }
    }
    return null;
  }

  private Json take(String name) throws JsonException {
    Json value = values.get(name);
    if (value == null) {
      throw new JsonException(place + " has no '" + name + "'");
    }
    taken.add(name);
    return value;
  }
}
