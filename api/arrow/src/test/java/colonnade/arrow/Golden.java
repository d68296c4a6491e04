package colonnade.arrow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The JSON beside each of Arrow's test files, read as {@link Rows} reads the file itself. */
final class Golden {
  private final JsonNode root;
  private final Map<Long, List<Object>> dictionaries = new HashMap<>();

  Golden(Path path) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      root = new ObjectMapper().readTree(in);
    }
    Map<Long, JsonNode> typed = new HashMap<>();
    collect(root.at("/schema/fields"), typed);
    for (JsonNode dictionary : root.path("dictionaries")) {
      long id = dictionary.get("id").asLong();
      if (typed.containsKey(id) && isFlat(typed.get(id))) {
        dictionaries.put(
            id, values(dictionary.at("/data/columns/0"), typed.get(id).get("type"), null));
      }
    }
  }

  private static void collect(JsonNode fields, Map<Long, JsonNode> typed) {
    for (JsonNode field : fields) {
      if (field.hasNonNull("dictionary")) {
        typed.put(field.at("/dictionary/id").asLong(), field);
      }
      collect(field.path("children"), typed);
    }
  }

  int columnCount() {
    return root.at("/schema/fields").size();
  }

  String typeOf(int column) {
    return root.at("/schema/fields/" + column + "/type/name").asText();
  }

  /** Whether the column is one that can be read. */
  boolean isReadable(int column) {
    return isFlat(root.at("/schema/fields/" + column));
  }

  private static boolean isFlat(JsonNode field) {
    return switch (field.at("/type/name").asText()) {
      case "null",
          "bool",
          "int",
          "floatingpoint",
          "decimal",
          "date",
          "time",
          "timestamp",
          "duration",
          "utf8",
          "binary",
          "largeutf8",
          "largebinary",
          "fixedsizebinary" ->
          true;
      default -> false;
    };
  }

  /** Whether the column has a value that our type for it cannot hold. */
  boolean overflows(int column) {
    return values(column).stream().anyMatch(v -> v instanceof BigInteger);
  }

  List<Object> values(int column) {
    JsonNode field = root.at("/schema/fields/" + column);
    List<Object> all = new ArrayList<>();
    for (JsonNode batch : root.path("batches")) {
      JsonNode data = batch.path("columns").get(column);
      if (field.hasNonNull("dictionary")) {
        List<Object> entries = dictionaries.get(field.at("/dictionary/id").asLong());
        for (Object code : values(data, field.at("/dictionary/indexType"), "int")) {
          all.add(code == null ? null : entries.get(((Long) code).intValue()));
        }
      } else {
        all.addAll(values(data, field.get("type"), null));
      }
    }
    return all;
  }

  private static List<Object> values(JsonNode column, JsonNode type, String assumed) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < column.get("count").asInt(); i++) {
      boolean present = column.has("VALIDITY") && column.get("VALIDITY").get(i).asInt() != 0;
      String name = assumed == null ? type.path("name").asText() : assumed;
      values.add(
          present && column.has("DATA") ? value(column.get("DATA").get(i), name, type) : null);
    }
    return values;
  }

  private static Object product(long value, long factor) {
    BigInteger product = BigInteger.valueOf(value).multiply(BigInteger.valueOf(factor));
    return product.bitLength() < 64 ? (Object) product.longValue() : product;
  }

  private static Object value(JsonNode value, String name, JsonNode type) {
    return switch (name) {
      case "bool" -> value.asBoolean() || value.asInt() != 0 ? 1L : 0L;
      case "int" -> {
        BigInteger integer = new BigInteger(value.asText());
        yield integer.bitLength() < 64 ? (Object) integer.longValue() : integer;
      }
      case "floatingpoint" ->
          type.get("precision").asText().equals("DOUBLE")
              ? value.asDouble()
              : (double) (float) value.asDouble();
      case "decimal" ->
          new BigDecimal(new BigInteger(value.asText()), type.get("scale").asInt()).doubleValue();
      case "date" ->
          type.get("unit").asText().equals("DAY")
              ? value.asLong()
              : Math.floorDiv(value.asLong(), 86_400_000L);
      case "time", "timestamp", "duration" ->
          switch (type.get("unit").asText()) {
            case "SECOND" -> product(value.asLong(), 1_000_000);
            case "MILLISECOND" -> product(value.asLong(), 1_000);
            case "MICROSECOND" -> value.asLong();
            default -> Math.floorDiv(value.asLong(), 1_000L);
          };
      case "utf8", "largeutf8" -> value.asText();
      case "binary", "largebinary", "fixedsizebinary" ->
          ByteBuffer.wrap(HexFormat.of().parseHex(value.asText()));
      default -> throw new AssertionError("type " + name);
    };
  }
}
