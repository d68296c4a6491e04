package colonnade.benchmarks.peers;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * QuestDB embedded in a JVM of its own, with a pool of as many workers as there are threads (the
 * calling thread helps them). Dates and integers are {@code long}, the layout that its compiled
 * filters are fastest on; text of few values is a symbol.
 */
final class QuestDbPeer extends SidePeer {
  private final DataStore store;

  QuestDbPeer(Options options, DataStore store) throws IOException, MissingPeerException {
    super(
        "questdb",
        "sql",
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx2g",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            QuestDbProcess.class.getName(),
            options.directory().resolve("questdb").toString(),
            Integer.toString(options.threads())),
        Map.of(),
        "QuestDB does not start on this machine");
    this.store = store;
  }

  @Override
  public void load(Dataset dataset) throws Exception {
    ask(
        "load",
        dataset.name(),
        dataset.name() + "_" + dataset.rows(),
        store.table(dataset).toAbsolutePath().toString());
  }
}
