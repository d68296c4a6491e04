package colonnade.benchmarks.suites;

import colonnade.Table;
import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.MappedFiles;
import colonnade.benchmarks.data.WideTable;
import colonnade.benchmarks.report.Cell;
import colonnade.benchmarks.report.Entry;
import colonnade.benchmarks.report.Report;
import colonnade.benchmarks.report.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opening a table of very many columns and rows. */
public final class Open implements Suite {
  private static final long WARM_OPENS = 20;

  @Override
  public String description() {
    return "Opening a table of 2,000 columns and 100 million rows, its manifest in the page cache,"
        + " in a warm JVM; 'first' is the first time in the run. All columns share the bytes"
        + " of one on disk. 'mapped' counts mappings of the table's files while it is open,"
        + " before and after one value was read.";
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    long rows = options.rows(100_000_000, 200_000);
    int columns = (int) options.number("columns", options.quick() ? 100 : 2_000);
    Path path = new WideTable(options.directory(), columns, rows).make();
    long first = open(path);
    for (int i = 0; i < (options.quick() ? 1 : WARM_OPENS); i++) {
      open(path);
    }
    long[] nanos = new long[options.repeats()];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = open(path);
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    boolean right;
    try (Table table = Table.open(path)) {
      figures.put("columns", (double) table.schema().size());
      figures.put("mapped", (double) mappings(path));
      String last = table.schema().name(columns - 1);
      right =
          table.schema().size() == columns
              && table.rowCount() == rows
              && WideTable.value(rows - 1) == ((Number) table.get(last, rows - 1)).longValue();
      figures.put("mapped after a value", (double) mappings(path));
    }
    Entry entry = new Entry("open", rows);
    entry.put(
        Report.US,
        right
            ? new Cell.Measured(Timing.ofNanos(nanos), first / 1e6, figures)
            : new Cell.Wrong("the table is not what was written"));
    report.add(entry);
  }

  private static long open(Path path) {
    long start = System.nanoTime();
    Table table = Table.open(path);
    long nanos = System.nanoTime() - start;
    table.close();
    return nanos;
  }

  private static long mappings(Path path) throws IOException {
    return MappedFiles.below(path).values().stream().mapToLong(n -> n).sum();
  }
}
