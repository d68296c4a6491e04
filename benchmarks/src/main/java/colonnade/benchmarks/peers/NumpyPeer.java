package colonnade.benchmarks.peers;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Table;
import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.data.RawColumns;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * numpy over {@code memmap}s of one raw file for each numeric column, in a process of its own and
 * on one thread, which is what numpy has. Whole columns at a time, or pieces of 64 Ki rows where
 * the question's text says so.
 */
final class NumpyPeer extends SidePeer {
  private final DataStore store;

  NumpyPeer(Options options, DataStore store) throws IOException, MissingPeerException {
    super(
        "numpy",
        "numpy",
        List.of("python3", script(options, "memmap.py")),
        Map.of("OMP_NUM_THREADS", Integer.toString(options.threads())),
        "no numpy for python3; apt-get install python3-numpy");
    this.store = store;
  }

  @Override
  public void load(Dataset dataset) throws Exception {
    RawColumns columns = new RawColumns(store.file(dataset, ".raw"));
    try (Table table = Table.open(store.table(dataset))) {
      List<Field> fields =
          table.schema().fields().stream().filter(f -> f.type() != DataType.UTF8).toList();
      columns.write(table, fields);
      ask(
          "load",
          dataset.name(),
          columns.directory().toAbsolutePath().toString(),
          fields.stream()
              .map(f -> f.name() + ":" + RawColumns.type(f))
              .collect(Collectors.joining(",")));
    }
  }
}
