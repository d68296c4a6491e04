package colonnade.benchmarks.peers;

import colonnade.Table;
import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.questdb.log.LogFactory;
import io.questdb.mp.WorkerPool;
import io.questdb.mp.WorkerPoolUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * QuestDB in a JVM of its own, which it shares with none of our flags: it reads object headers by
 * itself and does not know compact ones. Takes the commands of {@link SidePeer}. A query is
 * compiled once; each run opens a new cursor.
 */
public final class QuestDbProcess {
  private final CairoEngine engine;
  private final SqlExecutionContextImpl context;
  private final Map<String, RecordCursorFactory> compiled = new HashMap<>();
  private final Map<String, String> tables = new HashMap<>();

  private QuestDbProcess(Path root, int threads) {
    engine = new CairoEngine(new DefaultCairoConfiguration(root.toString()));
    engine.load();
    WorkerPool pool = new WorkerPool(() -> threads);
    WorkerPoolUtils.setupQueryJobs(pool, engine);
    pool.start();
    context = new SqlExecutionContextImpl(engine, threads);
    context.with(AllowAllSecurityContext.INSTANCE);
  }

  /** Takes the folder of the database and the number of threads. */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Path root = Files.createDirectories(Path.of(args[0]));
    Path log = root.resolve("log.conf");
    Files.writeString(
        log,
        """
        writers=stdout
        w.stdout.class=io.questdb.log.LogConsoleWriter
        w.stdout.level=CRITICAL
        """);
    System.setProperty(LogFactory.CONFIG_SYSTEM_PROPERTY, log.toString());
    QuestDbProcess questDb = new QuestDbProcess(root, Integer.parseInt(args[1]));
    answers.println("ok\tQuestDB " + CairoEngine.class.getPackage().getImplementationVersion());
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      try {
        answers.println("ok\t" + questDb.answer(line.split("\t", -1)));
      } catch (Exception | Error e) {
        answers.println("error\t" + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
      }
    }
    System.exit(0); // its threads would stay
  }

  private String answer(String[] command) throws SqlException {
    return switch (command[0]) {
      case "load" -> load(command[1], command[2], Path.of(command[3]));
      case "check" -> check(command);
      case "run" -> Long.toString(run(command));
      default -> throw new IllegalArgumentException("no command " + command[0]);
    };
  }

  private String load(String name, String table, Path ours) throws SqlException {
    tables.put(name, table);
    if (engine.getTableTokenIfExists(table) == null) {
      try (Table rows = Table.open(ours)) {
        new QuestDbLoader(engine, context).load(rows, table);
      }
    }
    return table;
  }

  private RecordCursorFactory compile(String[] command, String sql) throws SqlException {
    String named = sql.replaceAll("\\b" + command[1] + "\\b", tables.get(command[1]));
    RecordCursorFactory factory = compiled.get(named);
    if (factory == null) {
      factory = engine.select(named, context);
      compiled.put(named, factory);
    }
    return factory;
  }

  private String check(String[] command) throws SqlException {
    int keys = Integer.parseInt(command[2]);
    if (command[3].isEmpty()) {
      Fingerprint answer = fetch(compile(command, command[4]), keys);
      return answer.rowCount()
          + "\t"
          + answer.nulls()
          + "\t"
          + list(answer.sums())
          + "\t"
          + list(answer.weighted());
    }
    List<String> columns = List.of(command[3].split(","));
    String sums = columns.stream().map(c -> ", sum(" + c + ")").collect(Collectors.joining());
    Fingerprint answer =
        fetch(compile(command, "select count()" + sums + " from (" + command[4] + ")"), 0);
    double[] values = Arrays.copyOfRange(answer.sums(), 1, answer.sums().length);
    return (long) answer.sums()[0]
        + "\t0\t"
        + list(values)
        + "\t"
        + list(new double[values.length]);
  }

  private static String list(double[] values) {
    return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(","));
  }

  private Fingerprint fetch(RecordCursorFactory factory, int keys) throws SqlException {
    QuestDbReader reader = new QuestDbReader(factory.getMetadata());
    Fingerprint fingerprint = new Fingerprint(keys);
    try (RecordCursor cursor = factory.getCursor(context)) {
      while (cursor.hasNext()) {
        fingerprint.row(reader.row(cursor.getRecord()));
      }
    }
    return fingerprint;
  }

  private long run(String[] command) throws SqlException {
    RecordCursorFactory factory = compile(command, command[4]);
    long start = System.nanoTime();
    if (command[3].isEmpty()) {
      fetch(factory, 0);
      return System.nanoTime() - start;
    }
    QuestDbReader reader = new QuestDbReader(factory.getMetadata());
    double sum = 0;
    try (RecordCursor cursor = factory.getCursor(context)) {
      while (cursor.hasNext()) {
        sum += reader.touch(cursor.getRecord());
      }
    }
    long nanos = System.nanoTime() - start;
    return Double.isNaN(sum) ? nanos + 1 : nanos; // so that the sum is not left out
  }
}
