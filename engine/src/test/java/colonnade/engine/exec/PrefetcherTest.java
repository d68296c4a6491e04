package colonnade.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.expr.BlockCondition;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Blocks of one row each that pretend to be on a disk. */
class PrefetcherTest {
  private static final Schema SCHEMA = Schema.of("n", DataType.I64, "m", DataType.I64);
  private static final int BLOCKS = 5_000;

  /** Blocks of an 8-byte column in 4 MiB. */
  private static final int REQUEST = 8;

  /** Blocks of two columns of 8 bytes in 64 MiB. */
  private static final int AHEAD = 64;

  @Test
  void loadsAllColumnsAheadButNotFar() throws InterruptedException {
    Blocks source = new Blocks();
    try (Prefetcher prefetcher = start(source, null)) {
      source.awaitLoaded(0, AHEAD - REQUEST - 1);
      source.awaitLoaded(1, AHEAD - REQUEST - 1);
      assertThat(source.loadedOf(0).last()).isLessThan(AHEAD + REQUEST);
      prefetcher.reached(100);
      source.awaitLoaded(0, 100);
      source.awaitLoaded(1, 100 + REQUEST);
      assertThat(source.loadedOf(0).last()).isLessThan(100 + AHEAD + REQUEST);
    }
  }

  @Test
  void leavesOutWhatTheScanHasPassed() throws InterruptedException {
    Blocks source = new Blocks();
    try (Prefetcher prefetcher = start(source, null)) {
      prefetcher.reached(3_000);
      source.awaitLoaded(0, 3_000);
      assertThat(source.loadedOf(0)).doesNotContain(2_000L);
    }
  }

  @Test
  void leavesOutWhatTheScanSkips() throws InterruptedException {
    Blocks source = new Blocks();
    Expression middle =
        Expression.Call.of(
            Function.AND,
            Expression.Call.of(Function.GREATER_OR_EQUAL, new Expression.Column("n"), number(24)),
            Expression.Call.of(Function.LESS, new Expression.Column("n"), number(32)));
    try (Prefetcher _ = start(source, middle)) {
      source.awaitLoaded(0, 24);
      source.awaitLoaded(1, 24);
    }
    assertThat(new TreeSet<>(source.loadedOf(0)))
        .containsExactly(24L, 25L, 26L, 27L, 28L, 29L, 30L, 31L);
  }

  @Test
  void leavesErrorsToTheScan() {
    Blocks source = new Blocks();
    source.failing = true;
    Plan sum =
        Plan.Aggregate.of(
            Plan.Scan.of(source),
            List.of(),
            List.of(
                new Named(
                    "s",
                    new Expression.Aggregate(
                        AggregateFunction.SUM, List.of(new Expression.Column("n")), 0))));
    try (MemoryTable result = Executor.collect(sum, QueryOptions.defaults())) {
      assertThat(result.blocks().getFirst().vectors()[0].longAt(0))
          .isEqualTo((long) BLOCKS * (BLOCKS - 1) / 2);
    }
    assertThat(source.asked).isTrue();
  }

  @Test
  void letsGoOfRowsOnlyWhenThereAreMoreThanMemoryHolds() {
    for (long rowCount : new long[] {BLOCKS, 1L << 50}) {
      Blocks source = new Blocks();
      source.rowCount = rowCount;
      Plan all =
          Plan.Filter.of(
              Plan.Scan.of(source, List.of("m")),
              Expression.Call.of(Function.GREATER_OR_EQUAL, new Expression.Column("m"), number(0)));
      Executor.collect(all, QueryOptions.defaults()).close();
      assertThat(source.released).isEqualTo(rowCount == BLOCKS ? 0 : BLOCKS);
    }
  }

  private static Prefetcher start(Blocks source, Expression condition) {
    int[] columns = {0, 1};
    Expression all = condition == null ? new Expression.Literal(DataType.BOOL, true) : condition;
    ScanChoice choice = ScanChoice.of(source, columns, BlockCondition.of(all, SCHEMA));
    Prefetcher prefetcher = new Prefetcher(source, columns, choice);
    prefetcher.start();
    return prefetcher;
  }

  private static Expression number(long value) {
    return new Expression.Literal(DataType.I64, value);
  }

  /** Row {@code b} of block {@code b} holds {@code b}, in both columns. */
  private static final class Blocks implements BlockSource {
    private final MemorySegment values = Arena.ofAuto().allocate(8L * BLOCKS);
    private final List<ConcurrentSkipListSet<Long>> loaded =
        List.of(new ConcurrentSkipListSet<>(), new ConcurrentSkipListSet<>());
    volatile boolean asked;
    volatile boolean failing;
    volatile long rowCount = BLOCKS;
    int released;

    Blocks() {
      for (int b = 0; b < BLOCKS; b++) {
        values.setAtIndex(ValueLayout.JAVA_LONG, b, b);
      }
    }

    ConcurrentSkipListSet<Long> loadedOf(int column) {
      return loaded.get(column);
    }

    void awaitLoaded(int column, long block) throws InterruptedException {
      Set<Long> blocks = loaded.get(column);
      synchronized (this) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!blocks.contains(block)) {
          TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
          assertThat(System.nanoTime()).as("block %d is loaded in time", block).isLessThan(end);
        }
      }
    }

    @Override
    public boolean isOnDisk(int[] columns) {
      asked = true;
      return true;
    }

    @Override
    public synchronized void load(int column, long first, int count) {
      if (failing) {
        throw new InternalError("no such page");
      }
      for (long b = first; b < first + count; b++) {
        loaded.get(column).add(b);
      }
      notifyAll();
    }

    @Override
    public synchronized void release(int column, long block) {
      assertThat(column).isEqualTo(1);
      released++;
    }

    @Override
    public String name() {
      return "blocks";
    }

    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public OptionalLong rowCount() {
      return OptionalLong.of(rowCount);
    }

    @Override
    public long blockCount() {
      return BLOCKS;
    }

    @Override
    public ColumnStatistics blockStatistics(int column, long index) {
      ColumnStatistics none = ColumnStatistics.EMPTY;
      return new ColumnStatistics(1, 0, 0, index, index, none.minDouble(), none.maxDouble());
    }

    @Override
    public Block block(long index, int[] columns) {
      Vector[] vectors = new Vector[columns.length];
      for (int c = 0; c < columns.length; c++) {
        vectors[c] = Vector.fixed(DataType.I64, values, 8 * index, null, 0);
      }
      return new VectorBlock(index, 1, vectors, () -> {});
    }
  }
}
