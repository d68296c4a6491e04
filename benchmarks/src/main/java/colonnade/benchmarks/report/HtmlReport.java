package colonnade.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report as one page that needs nothing else: charts as inline SVG, then the table. */
final class HtmlReport {
  private final Report report;

  HtmlReport(Report report) {
    this.report = report;
  }

  String text() {
    StringBuilder body = new StringBuilder();
    body.append("<h1>").append(escape(report.suite())).append("</h1>\n<p>");
    body.append(escape(report.description())).append("</p>\n");
    facts(body);
    List<String> peers = new ArrayList<>(report.contestants());
    peers.remove(Report.US);
    body.append("<h2>Times</h2>\n<p>Medians, with the shortest and the longest run; shorter is")
        .append(" better. Each question has its own scale.</p>\n");
    legend(body);
    body.append("<div class=\"charts\">\n");
    report.entries().forEach(entry -> body.append(new TimesChart(report, entry).svg()));
    body.append("</div>\n");
    if (report.entries().stream()
        .anyMatch(e -> peers.stream().anyMatch(p -> e.ratio(p).isPresent()))) {
      body.append("<h2>Ratios</h2>\n<p>How many times as fast as each peer, on a logarithmic")
          .append(" scale; right of the line we are faster.</p>\n");
      body.append(new RatioChart(report, peers).svg());
    }
    body.append("<h2>Table</h2>\n");
    table(body, peers);
    return resource("report.html")
        .replace("{{title}}", escape(report.suite()))
        .replace("{{body}}", body);
  }

  private void facts(StringBuilder body) {
    body.append("<dl>\n");
    fact(body, "Measured", report.started());
    for (Map<String, String> facts :
        List.of(report.settings(), report.versions(), report.references())) {
      facts.forEach((name, value) -> fact(body, name, value));
    }
    report.absent().forEach((peer, why) -> fact(body, "without " + peer, why));
    body.append("</dl>\n");
  }

  private static void fact(StringBuilder body, String name, String value) {
    body.append("<dt>").append(escape(name)).append("</dt><dd>");
    body.append(escape(value)).append("</dd>\n");
  }

  private void legend(StringBuilder body) {
    body.append("<p class=\"legend\">");
    int index = 0;
    for (String name : report.contestants()) {
      body.append("<span><i class=\"s").append(index++).append("\"></i>");
      body.append(escape(name)).append("</span> ");
    }
    body.append("</p>\n");
  }

  private void table(StringBuilder body, List<String> peers) {
    body.append("<div class=\"scroll\"><table>\n<thead><tr><th>question<th>rows<th>")
        .append(Report.US)
        .append(" ms<th>first");
    peers.forEach(peer -> body.append("<th>").append(escape(peer)).append(" ms<th>ratio"));
    report.figures().forEach(figure -> body.append("<th>").append(escape(figure)));
    body.append("</tr></thead>\n<tbody>\n");
    for (Entry entry : report.entries()) {
      body.append("<tr><th>").append(escape(entry.question()));
      body.append("<td>").append(Numbers.rows(entry.rows()));
      Cell ours = entry.cells().get(Report.US);
      body.append(time(ours)).append("<td>");
      if (ours instanceof Cell.Measured m && !Double.isNaN(m.firstMillis())) {
        body.append(Numbers.millis(m.firstMillis()));
      }
      for (String peer : peers) {
        body.append(time(entry.cells().get(peer))).append("<td class=\"ratio\">");
        entry.ratio(peer).ifPresent(ratio -> body.append(Numbers.ratio(ratio)));
      }
      for (String figure : report.figures()) {
        Double value = ours instanceof Cell.Measured m ? m.figures().get(figure) : null;
        body.append("<td>").append(value == null ? "" : Numbers.figure(value));
      }
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
  }

  private static String time(Cell cell) {
    return switch (cell) {
      case null -> "<td>";
      case Cell.Measured m ->
          "<td>"
              + Numbers.millis(m.warm().median())
              + "<small>"
              + Numbers.range(m.warm())
              + "</small>";
      case Cell.Skipped s -> "<td class=\"note\">" + escape(s.reason());
      case Cell.Failed f -> "<td class=\"note bad\">failed: " + escape(f.reason());
      case Cell.Wrong w -> "<td class=\"note bad\">wrong: " + escape(w.difference());
    };
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream source = HtmlReport.class.getResourceAsStream(name)) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
