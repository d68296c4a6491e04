package colonnade.cli.demo;

import colonnade.Row;
import colonnade.Table;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/**
 * One HTML page, complete in itself: the result table, charts as embedded pictures, and what each
 * step cost.
 */
final class ResultPage {
  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 58rem; margin: 2rem auto; padding: 0 1rem; color: #1c2733 }
      h1 { margin-bottom: .25rem } h2 { margin-top: 2.5rem } p { max-width: 46rem }
      table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums }
      th, td { padding: .3rem .9rem; text-align: right } td:first-child, th:first-child { text-align: left }
      th { border-bottom: 2px solid #2f6f9f; font-weight: 600 } tr:nth-child(odd) td { background: #f3f7fa }
      figure { margin: 1.5rem 0 } img { max-width: 100% } small, figcaption { color: #5a6773; font-size: .9rem }
      @media (max-width: 40rem) { th, td { padding: .3rem .4rem; font-size: .9rem } }
      """;

  private final Table worst;
  private final Table byHour;
  private final List<Step> steps;
  private final long rowCount;

  ResultPage(Table worst, Table byHour, List<Step> steps, long rowCount) {
    this.worst = worst;
    this.byHour = byHour;
    this.steps = List.copyOf(steps);
    this.rowCount = rowCount;
  }

  void write(Path page) throws IOException {
    System.setProperty("java.awt.headless", "true");
    StringBuilder html = new StringBuilder();
    html.append(
        "<!doctype html><html lang=\"en\"><head><meta"
            + " charset=\"utf-8\"><meta name=\"viewport\""
            + " content=\"width=device-width\"><title>Flights</title><style>");
    html.append(STYLE).append("</style></head><body><h1>Where and when flights were late</h1><p>");
    html.append(
        "%,d US domestic flights of the first half of 2001. The ten worst origins and hours by mean delay, among flights more"
            .formatted(rowCount));
    html.append(" than 15 minutes late; at least 100 of them each.</p>");
    html.append(
        "<table><tr><th>origin</th><th>hour</th><th>late flights</th><th>mean delay, min</th><th>90"
            + " % are below, min</th></tr>");
    List<String> labels = new ArrayList<>();
    List<Double> delays = new ArrayList<>();
    for (long r = 0; r < worst.rowCount(); r++) {
      Row row = worst.row(r);
      labels.add(row.text("origin") + " " + row.i64("hour") + "h");
      delays.add(row.f64("mean_delay"));
      html.append(
          "<tr><td>%s</td><td>%d</td><td>%,d</td><td>%.1f</td><td>%.0f</td></tr>"
              .formatted(
                  escape(String.valueOf(row.text("origin"))),
                  row.i64("hour"),
                  row.i64("flights"),
                  row.f64("mean_delay"),
                  row.f64("p90")));
    }
    html.append("</table>");
    html.append(
        picture(
            chart("The ten worst origins and hours", "origin and hour", labels, delays),
            "Mean delay of the flights more than 15 minutes late."));
    List<String> hours = new ArrayList<>();
    List<Double> means = new ArrayList<>();
    long nightFlights = 0;
    for (long r = 0; r < byHour.rowCount(); r++) {
      long hour = byHour.row(r).i64("hour");
      nightFlights += hour >= 1 && hour <= 4 ? byHour.row(r).i64("flights") : 0;
      hours.add(Long.toString(byHour.row(r).i64("hour")));
      means.add(byHour.row(r).f64("mean_delay"));
    }
    html.append(
        picture(
            chart("Mean delay of all flights by hour", "hour", hours, means),
            "Few fly at night: %,d of the %,d flights are of the hours 1 to 4."
                .formatted(nightFlights, rowCount)));
    html.append(
        "<h2>What it cost</h2><table><tr><th>step</th><th>seconds</th><th>million rows/s</th><th>MB"
            + " read</th>");
    html.append("<th>peak memory, MB</th></tr>");
    for (Step step : steps) {
      html.append(
          "<tr><td>%s</td><td>%.3f</td><td>%s</td><td>%.1f</td><td>%.0f</td></tr>"
              .formatted(
                  escape(step.name()),
                  step.seconds(),
                  step.rowCount() == 0 ? "" : "%.1f".formatted(step.millionRowsPerSecond()),
                  step.megabytes(),
                  step.peakMegabytes()));
    }
    html.append(
        "</table><p><small>Data: US Bureau of Transportation Statistics. Memory is the process's"
            + " own, without pages of");
    html.append(" mapped files.</small></p></body></html>\n");
    Files.writeString(page, html);
  }

  private static CategoryChart chart(
      String title, String axis, List<String> labels, List<Double> values) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(900)
            .height(420)
            .title(title)
            .xAxisTitle(axis)
            .yAxisTitle("mean delay, minutes")
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setSeriesColors(new Color[] {new Color(0x2f6f9f)});
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setAxisTickMarksColor(new Color(0xb8c4ce));
    chart.getStyler().setChartFontColor(new Color(0x1c2733));
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setXAxisLabelRotation(labels.size() > 12 ? 0 : 30);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
    chart.addSeries("delay", labels, values);
    return chart;
  }

  private static String picture(CategoryChart chart, String caption) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", bytes);
    return "<figure><img alt=\"%s\" src=\"data:image/png;base64,%s\"><figcaption>%s</figcaption></figure>"
        .formatted(
            escape(chart.getTitle()),
            Base64.getEncoder().encodeToString(bytes.toByteArray()),
            escape(caption));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
