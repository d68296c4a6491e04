package colonnade.benchmarks.peers;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Polars as a reader of files, where it is there; the owner closes it. */
public final class Importer implements AutoCloseable {
  private final @Nullable PolarsPeer polars;

  private Importer(@Nullable PolarsPeer polars) {
    this.polars = polars;
  }

  /** Starts it if the options name it; if it cannot start, the report says why. */
  public static Importer polars(Options options, DataStore store, Report report)
      throws IOException {
    if (!options.peers("duckdb,polars").contains("polars")) {
      return new Importer(null);
    }
    try {
      PolarsPeer polars = new PolarsPeer(options, store);
      report.version("polars", polars.version());
      return new Importer(polars);
    } catch (MissingPeerException e) {
      report.absent("polars", e.getMessage());
      return new Importer(null);
    }
  }

  /** Whether it takes part. */
  public boolean isThere() {
    return polars != null;
  }

  /** Reads a file into memory; puts the sum of column v3 into {@code sums}. */
  public long importNanos(String format, Path file, Map<String, Double> sums) throws IOException {
    if (polars == null) {
      throw new IllegalStateException("there is no Polars");
    }
    List<String> answer = polars.ask(format, file.toAbsolutePath().toString());
    sums.put("polars", Double.parseDouble(answer.get(2)));
    return Long.parseLong(answer.get(0));
  }

  @Override
  public void close() {
    if (polars != null) {
      polars.close();
    }
  }
}
