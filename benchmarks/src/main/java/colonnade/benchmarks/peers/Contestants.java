package colonnade.benchmarks.peers;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who takes part in a run: ourselves first, then each peer that was asked for and is there. Why
 * another is not is said in the report.
 */
public final class Contestants implements AutoCloseable {
  /** Starts a peer, or says by a {@link MissingPeerException} what it lacks. */
  private interface Start {
    Peer start(Options options, DataStore store) throws Exception;
  }

  private static final Map<String, Start> PEERS =
      new TreeMap<>(
          Map.of(
              "duckdb", DuckDbPeer::new,
              "questdb", QuestDbPeer::new,
              "polars", PolarsPeer::new,
              "numpy", NumpyPeer::new,
              "dflib", DfLibPeer::new,
              "tablesaw", (options, store) -> optional("TablesawPeer", options, store),
              "kotlin-dataframe",
                  (options, store) -> optional("KotlinDataFramePeer", options, store)));

  private static Peer optional(String name, Options options, DataStore store) throws Exception {
    try {
      return (Peer)
          Class.forName(Contestants.class.getPackageName() + "." + name)
              .getDeclaredConstructor(Options.class, DataStore.class)
              .newInstance(options, store);
    } catch (ClassNotFoundException e) {
      throw new MissingPeerException("not built; Maven's profile 'peers' brings it");
    }
  }

  private final List<Peer> all = new ArrayList<>();
  private final Report report;

  /** Starts ourselves and those that the options name, or {@code otherwise}. */
  public Contestants(Options options, DataStore store, Report report, String otherwise)
      throws Exception {
    this.report = report;
    all.add(new ColonnadePeer(options, store));
    report.version("colonnade", all.getFirst().version());
    for (String name : options.peers(otherwise)) {
      Start start = PEERS.get(name);
      if (start == null) {
        throw new IllegalArgumentException("no peer '" + name + "'; there are " + PEERS.keySet());
      }
      try {
        Peer peer = start.start(options, store);
        all.add(peer);
        report.version(name, peer.version());
      } catch (MissingPeerException e) {
        report.absent(name, e.getMessage());
      }
    }
  }

  /** Ourselves first. */
  public List<Peer> all() {
    return List.copyOf(all);
  }

  /** Has each make a table of the data; one that cannot takes no further part. */
  public void load(Dataset dataset) throws Exception {
    for (Peer peer : all()) {
      try {
        peer.load(dataset);
      } catch (MissingPeerException e) {
        report.absent(peer.name(), e.getMessage());
        all.remove(peer);
        peer.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Peer peer : all) {
      peer.close();
    }
  }
}
