package colonnade.benchmarks.measure;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.peers.Fingerprint;
import colonnade.benchmarks.peers.Peer;
import colonnade.benchmarks.peers.Question;
import colonnade.benchmarks.report.Cell;
import colonnade.benchmarks.report.Entry;
import colonnade.benchmarks.report.Report;
import colonnade.benchmarks.report.Timing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts questions to all contestants: first each answers once and its answer is compared with ours,
 * then each warms up, then all are timed, taking turns. Who answers otherwise, or fails, is not
 * timed.
 */
public final class Race {
  private static final int LEAST_ROUNDS = 3;

  /**
   * Before each turn: workers of an engine that has answered look for more work for a while, some
   * of them without sleeping, on the processors that the next one is about to use.
   */
  private static final long PAUSE_MILLIS = 30;

  private final Options options;
  private final Report report;

  /** Of the repeats and warm-up times that the options say. */
  public Race(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  /** A contestant that answered as we did. */
  private static final class Runner {
    final Peer peer;
    final double firstMillis;
    final Map<String, Double> figures;
    final List<Long> nanos = new ArrayList<>();

    Runner(Peer peer, double firstMillis, Map<String, Double> figures) {
      this.peer = peer;
      this.firstMillis = firstMillis;
      this.figures = figures;
    }
  }

  /** Asks one question, unless the options leave it out, and adds what came of it to the report. */
  public void ask(Question question, Dataset dataset, List<Peer> contestants) throws Exception {
    if (!question.name().contains(options.text("only", ""))) {
      return;
    }
    Entry entry = new Entry(question.name(), dataset.rows());
    List<Runner> runners = new ArrayList<>();
    Fingerprint reference = null;
    for (Peer peer : contestants) {
      String refusal =
          question.later().isEmpty()
              ? peer.refusal(question).orElse("")
              : "later: " + question.later();
      if (!refusal.isEmpty()) {
        entry.put(peer.name(), new Cell.Skipped(refusal));
        continue;
      }
      try {
        Runner runner = first(peer, question);
        Fingerprint answer = peer.fingerprint(question);
        reference = reference == null ? answer : reference;
        if (reference.sameAs(answer, question.compared())) {
          runners.add(runner);
          entry.put(peer.name(), new Cell.Skipped("not timed"));
        } else {
          entry.put(peer.name(), new Cell.Wrong(answer + " instead of " + reference));
        }
      } catch (Exception e) {
        entry.put(
            peer.name(),
            new Cell.Failed(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
      }
    }
    for (Runner runner : runners) {
      WarmUp.of(options, () -> runner.peer.runNanos(question));
    }
    rounds(runners, question);
    for (Runner runner : runners) {
      Timing timing = Timing.ofNanos(runner.nanos.stream().mapToLong(n -> n).toArray());
      entry.put(runner.peer.name(), new Cell.Measured(timing, runner.firstMillis, runner.figures));
    }
    report.add(entry);
  }

  /** The first run, watched for what it reads from disk and takes of memory. */
  private Runner first(Peer peer, Question question) throws Exception {
    ProcessMeter meter = new ProcessMeter(peer.pid());
    long readBefore = meter.readBytes();
    double millis;
    long grown;
    try (MemoryWatch memory = MemoryWatch.start(meter)) {
      millis = peer.runNanos(question) / 1e6;
      grown = memory.grownBytes();
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("read MB", megabytes(meter.readBytes() - readBefore));
    figures.put("memory MB", megabytes(grown));
    peer.scannedBytes(question).ifPresent(bytes -> figures.put("scanned MB", megabytes(bytes)));
    return new Runner(peer, millis, figures);
  }

  private static double megabytes(long bytes) {
    return Math.rint(bytes / 1e5) / 10;
  }

  private void rounds(List<Runner> runners, Question question) throws Exception {
    long limit = options.number("question-seconds", 60) * 1_000_000_000L;
    long start = System.nanoTime();
    for (int round = 0; round < options.repeats(); round++) {
      if (round >= LEAST_ROUNDS && System.nanoTime() - start > limit) {
        return;
      }
      for (Runner runner : runners) {
        if (!options.quick()) {
          Thread.sleep(PAUSE_MILLIS);
        }
        runner.nanos.add(runner.peer.runNanos(question));
      }
    }
  }
}
