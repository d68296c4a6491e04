package colonnade.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** The ratios of all questions to all peers: a dot each on a logarithmic scale. */
final class RatioChart {
  private static final int WIDTH = 900;
  private static final int LEFT = 290;
  private static final int RIGHT = 20;
  private static final int TOP = 24;
  private static final int STEP = 22;

  private final Report report;
  private final List<String> peers;
  private double least = 0.5;
  private double most = 2;

  RatioChart(Report report, List<String> peers) {
    this.report = report;
    this.peers = peers;
    for (Entry entry : report.entries()) {
      for (String peer : peers) {
        entry
            .ratio(peer)
            .ifPresent(ratio -> {
              least = Math.min(least, ratio * 0.9);
              most = Math.max(most, ratio * 1.1);
            });
      }
    }
  }

  private double x(double ratio) {
    double place = (Math.log(ratio) - Math.log(least)) / (Math.log(most) - Math.log(least));
    return LEFT + place * (WIDTH - LEFT - RIGHT);
  }

  String svg() {
    int height = TOP + report.entries().size() * STEP + 8;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"wide\" viewBox=\"0 0 %d %d\" role=\"img\"><title>Ratios</title>%n",
            WIDTH,
            height));
    for (double tick :
        new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}) {
      if (tick >= least && tick <= most) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<path class=\"%s\" d=\"M%.1f %d V%d\"/><text class=\"tick\" x=\"%.1f\""
                    + " y=\"13\">%s</text>%n",
                tick == 1 ? "one" : "grid",
                x(tick),
                TOP - 4,
                height,
                x(tick),
                tick < 1 ? Double.toString(tick) : Long.toString((long) tick)));
      }
    }
    int y = TOP;
    for (Entry entry : report.entries()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>",
              LEFT - 12,
              y + 14,
              HtmlReport.escape(entry.question())));
      for (int p = 0; p < peers.size(); p++) {
        if (entry.ratio(peers.get(p)).isPresent()) {
          double ratio = entry.ratio(peers.get(p)).getAsDouble();
          svg.append(
              String.format(
                  Locale.ROOT,
                  "<circle class=\"s%d\" cx=\"%.1f\" cy=\"%d\" r=\"5\"><title>%s:"
                      + " %s</title></circle>",
                  p + 1,
                  x(ratio),
                  y + 10,
                  HtmlReport.escape(peers.get(p)),
                  Numbers.ratio(ratio)));
        }
      }
      svg.append('\n');
      y += STEP;
    }
    return svg.append("</svg>\n").toString();
  }
}
