package colonnade.benchmarks.report;

import java.util.Locale;

/**
 * The times of one question as bars from zero, with a line from the shortest to the longest run.
 */
final class TimesChart {
  private static final int WIDTH = 520;
  private static final int LEFT = 92;
  private static final int RIGHT = 76;
  private static final int TOP = 26;
  private static final int STEP = 24;

  private final Report report;
  private final Entry entry;

  TimesChart(Report report, Entry entry) {
    this.report = report;
    this.entry = entry;
  }

  String svg() {
    int bars = report.contestants().size();
    int height = TOP + bars * STEP + 6;
    double longest = 1e-9;
    for (Cell cell : entry.cells().values()) {
      if (cell instanceof Cell.Measured m) {
        longest = Math.max(longest, m.warm().max());
      }
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>"
                + "<text class=\"head\" x=\"0\" y=\"15\">%s</text>%n",
            WIDTH,
            height,
            HtmlReport.escape(entry.question()),
            HtmlReport.escape(entry.question())));
    int index = 0;
    for (String name : report.contestants()) {
      bar(svg, name, index, TOP + index * STEP, longest);
      index++;
    }
    return svg.append("</svg>\n").toString();
  }

  private void bar(StringBuilder svg, String name, int index, int y, double longest) {
    double scale = (WIDTH - LEFT - RIGHT) / longest;
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>",
            LEFT - 8,
            y + 14,
            HtmlReport.escape(name)));
    Cell cell = entry.cells().get(name);
    if (cell instanceof Cell.Measured m) {
      Timing t = m.warm();
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\"/>"
                  + "<path class=\"range\" d=\"M%.1f %d v8 m0 -4 H%.1f m0 -4 v8\"/>"
                  + "<text class=\"value\" x=\"%.1f\" y=\"%d\">%s</text>%n",
              index,
              LEFT,
              y + 2,
              Math.max(1, t.median() * scale),
              LEFT + t.min() * scale,
              y + 6,
              LEFT + t.max() * scale,
              LEFT + t.max() * scale + 6,
              y + 14,
              Numbers.millis(t.median()) + " ms"));
    } else {
      String note =
          switch (cell) {
            case Cell.Skipped s -> s.reason();
            case Cell.Failed f -> "failed";
            case Cell.Wrong w -> "wrong answer";
            case null, default -> "";
          };
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=\"missing\" x=\"%d\" y=\"%d\">%s</text>%n",
              LEFT,
              y + 14,
              HtmlReport.escape(note)));
    }
  }
}
