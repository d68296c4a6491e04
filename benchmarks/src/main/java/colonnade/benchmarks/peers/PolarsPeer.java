package colonnade.benchmarks.peers;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Polars through its binding for Node, in a process of its own, lazy frames over data in memory. An
 * answer stays in memory as a frame.
 */
final class PolarsPeer extends SidePeer {
  private final DataStore store;

  PolarsPeer(Options options, DataStore store) throws IOException, MissingPeerException {
    super(
        "polars",
        "polars",
        List.of("node", "--max-old-space-size=4096", script(options, "polars.js")),
        Map.of(
            "POLARS_MAX_THREADS",
            Integer.toString(options.threads()),
            "NODE_PATH",
            modules(options).toString()),
        "no nodejs-polars; npm install --force --prefix "
            + modules(options).getParent()
            + " nodejs-polars@0.26.1 nodejs-polars-linux-x64-gnu@0.26.1");
    this.store = store;
  }

  private static Path modules(Options options) {
    String path = System.getenv("NODE_PATH");
    return path == null || path.isEmpty()
        ? options.directory().resolve("node/node_modules").toAbsolutePath()
        : Path.of(path);
  }

  @Override
  public void load(Dataset dataset) throws Exception {
    ask("load", dataset.name(), store.parquet(dataset).toAbsolutePath().toString());
  }
}
