package colonnade.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A report as a Markdown table with what is needed to read it. */
final class MarkdownReport {
  private final Report report;

  MarkdownReport(Report report) {
    this.report = report;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("## ").append(report.suite()).append("\n\n").append(report.description());
    text.append("\n\n").append(report.started()).append(". ");
    List<String> settings = new ArrayList<>();
    report.settings().forEach((name, value) -> settings.add(name + ": " + value));
    report.versions().values().forEach(settings::add);
    text.append(String.join("; ", settings)).append(".\n");
    report
        .references()
        .forEach((name, value) -> text.append("\n- ").append(name).append(": ").append(value));
    report
        .absent()
        .forEach((peer, why) -> text.append("\n- without ").append(peer).append(": ").append(why));
    text.append(report.references().isEmpty() && report.absent().isEmpty() ? "\n" : "\n\n");
    table(text);
    return text.toString();
  }

  private void table(StringBuilder text) {
    List<String> heads = new ArrayList<>(List.of("question", "rows"));
    for (String name : report.contestants()) {
      heads.add(name + " ms");
      heads.add(name.equals(Report.US) ? "first" : "ratio");
    }
    heads.addAll(report.figures());
    row(text, heads);
    text.append("|---".repeat(heads.size())).append("|\n");
    for (Entry entry : report.entries()) {
      text.append(line(report, entry)).append('\n');
    }
    List<String> means = new ArrayList<>(List.of("geometric mean", "", "", ""));
    boolean any = false;
    for (String name : report.contestants()) {
      if (!name.equals(Report.US)) {
        means.add("");
        means.add(
            report.meanRatio(name).isPresent()
                ? Numbers.ratio(report.meanRatio(name).getAsDouble())
                : "");
        any |= report.meanRatio(name).isPresent();
      }
    }
    report.figures().forEach(name -> means.add(""));
    if (any && report.entries().size() > 1) {
      row(text, means);
    }
  }

  /** One question as a line of the table. */
  static String line(Report report, Entry entry) {
    Set<String> contestants =
        report.entries().contains(entry) ? report.contestants() : entry.cells().keySet();
    List<String> fields = new ArrayList<>(List.of(entry.question(), Numbers.rows(entry.rows())));
    for (String name : contestants) {
      Cell cell = entry.cells().get(name);
      fields.add(time(cell));
      if (name.equals(Report.US)) {
        fields.add(
            cell instanceof Cell.Measured m && !Double.isNaN(m.firstMillis())
                ? Numbers.millis(m.firstMillis())
                : "");
      } else {
        fields.add(
            entry.ratio(name).isPresent() ? Numbers.ratio(entry.ratio(name).getAsDouble()) : "");
      }
    }
    for (String figure : report.figures()) {
      Double value =
          entry.cells().get(Report.US) instanceof Cell.Measured m ? m.figures().get(figure) : null;
      fields.add(value == null ? "" : Numbers.figure(value));
    }
    StringBuilder text = new StringBuilder();
    row(text, fields);
    return text.toString().stripTrailing();
  }

  private static String time(Cell cell) {
    return switch (cell) {
      case null -> "";
      case Cell.Measured m ->
          Numbers.millis(m.warm().median()) + " (" + Numbers.range(m.warm()) + ")";
      case Cell.Skipped s -> "*" + s.reason() + "*";
      case Cell.Failed f -> "**failed**: " + f.reason();
      case Cell.Wrong w -> "**wrong**: " + w.difference();
    };
  }

  private static void row(StringBuilder text, List<String> fields) {
    for (String field : fields) {
      text.append("| ").append(field.replace("|", "\\|").replace('\n', ' ')).append(' ');
    }
    text.append("|\n");
  }
}
