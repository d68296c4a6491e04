package colonnade.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as JSON, with every single time. */
final class JsonReport {
  private final Report report;

  JsonReport(Report report) {
    this.report = report;
  }

  String text() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("suite", report.suite());
    root.put("description", report.description());
    root.put("started", report.started());
    root.put("settings", report.settings());
    root.put("versions", report.versions());
    root.put("absent", report.absent());
    root.put("references", report.references());
    List<Object> entries = new ArrayList<>();
    for (Entry entry : report.entries()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("question", entry.question());
      object.put("rows", entry.rows());
      Map<String, Object> cells = new LinkedHashMap<>();
      entry.cells().forEach((name, cell) -> cells.put(name, cell(entry, name, cell)));
      object.put("contestants", cells);
      entries.add(object);
    }
    root.put("questions", entries);
    StringBuilder text = new StringBuilder();
    write(text, root, "");
    return text.append('\n').toString();
  }

  private static Map<String, Object> cell(Entry entry, String name, Cell cell) {
    Map<String, Object> object = new LinkedHashMap<>();
    switch (cell) {
      case Cell.Measured m -> {
        object.put("medianMillis", m.warm().median());
        object.put("minMillis", m.warm().min());
        object.put("maxMillis", m.warm().max());
        object.put("firstMillis", m.firstMillis());
        entry.ratio(name).ifPresent(ratio -> object.put("ratio", ratio));
        List<Object> all = new ArrayList<>();
        for (double millis : m.warm().sortedMillis()) {
          all.add(millis);
        }
        object.put("millis", all);
        object.put("figures", m.figures());
      }
      case Cell.Skipped s -> object.put("skipped", s.reason());
      case Cell.Failed f -> object.put("failed", f.reason());
      case Cell.Wrong w -> object.put("wrong", w.difference());
    }
    return object;
  }

  private static void write(StringBuilder text, Object value, String indent) {
    String deeper = indent + "  ";
    switch (value) {
      case Map<?, ?> map -> {
        String separator = "{\n";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          text.append(separator).append(deeper);
          quote(text, entry.getKey().toString());
          text.append(": ");
          write(text, entry.getValue(), deeper);
          separator = ",\n";
        }
        text.append(map.isEmpty() ? "{}" : "\n" + indent + "}");
      }
      case List<?> list -> {
        String separator = "[";
        for (Object element : list) {
          text.append(separator);
          write(text, element, deeper);
          separator = ", ";
        }
        text.append(list.isEmpty() ? "[]" : "]");
      }
      case Double number -> text.append(Double.isFinite(number) ? number.toString() : "null");
      case Number number -> text.append(number);
      default -> quote(text, value.toString());
    }
  }

  private static void quote(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
