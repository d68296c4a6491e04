package colonnade.engine.exec.agg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.engine.exec.Cancellation;
import colonnade.engine.exec.FailingSpillStorage;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.SpillStorage;
import colonnade.engine.exec.agg.AggregateSinkTest.Way;
import colonnade.engine.observe.WriteLedger;
import colonnade.engine.observe.WriteReport;
import colonnade.engine.observe.Written;
import colonnade.error.CancelledException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AggregateSpillTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);
  private static final long AMPLE = 1L << 30;
  private static final int BLOCK_ROWS = 700;

  /** What a chunk and a part being merged need at the same time, several times over. */
  private static final long LIMIT = 24L << 20;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"SLOTS"},
      mode = EnumSource.Mode.EXCLUDE)
  void givesTheSameBitsInTheSameOrderWhenItSpills(Way way) throws IOException {
    for (DataType type : DataType.values()) {
      SplittableRandom random = new SplittableRandom(SEED + type.ordinal());
      TestRows rows = AggregateSinkTest.randomRows(way, type, 6_000, 100, random);
      List<AggregateColumn> aggregates = AggregateSinkTest.aggregatesOf(way, type, 2);
      List<List<@Nullable Object>> expected = run(rows, way, aggregates, options(AMPLE, 1), false);
      assertThat(run(rows, way, aggregates, options(LIMIT, 3), true))
          .as("seed %d, %s", SEED, type)
          .isEqualTo(expected);
    }
    assertThat(filesLeft()).isZero();
  }

  @Test
  void collectedValuesOfFixedGroupsGoToFiles() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    TestRows rows = AggregateSinkTest.randomRows(Way.SLOTS, DataType.F64, 30_000, 10, random);
    List<AggregateColumn> aggregates = AggregateSinkTest.aggregatesOf(Way.SLOTS, DataType.F64, 2);
    List<List<@Nullable Object>> expected =
        run(rows, Way.SLOTS, aggregates, options(AMPLE, 1), false);
    assertThat(run(rows, Way.SLOTS, aggregates, options(LIMIT, 2), true)).isEqualTo(expected);
    assertThat(filesLeft()).isZero();
  }

  @Test
  void aFullDiskIsAnErrorThatLeavesNoFiles() throws IOException {
    TestRows rows =
        AggregateSinkTest.randomRows(
            Way.HASHED, DataType.F64, 20_000, 5_000, new SplittableRandom(SEED));
    List<AggregateColumn> aggregates = AggregateSinkTest.aggregatesOf(Way.HASHED, DataType.F64, 2);
    QueryOptions options = options(LIMIT, 2);
    FailingSpillStorage storage =
        new FailingSpillStorage(SpillStorage.in(directory), 100_000, () -> {});
    assertThatThrownBy(() -> run(rows, Way.HASHED, aggregates, options, storage, true))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining(directory.toString());
    assertThat(filesLeft()).isZero();
    assertThat(storage.openChannels()).isZero();
  }

  @Test
  void aCancelledQueryLeavesNoFiles() throws IOException {
    TestRows rows =
        AggregateSinkTest.randomRows(
            Way.HASHED, DataType.F64, 20_000, 5_000, new SplittableRandom(SEED));
    List<AggregateColumn> aggregates = AggregateSinkTest.aggregatesOf(Way.HASHED, DataType.F64, 2);
    Cancellation cancellation = new Cancellation();
    FailingSpillStorage storage =
        new FailingSpillStorage(SpillStorage.in(directory), Long.MAX_VALUE, cancellation::cancel);
    QueryOptions options = options(LIMIT, 2).withCancellation(cancellation);
    assertThatThrownBy(() -> run(rows, Way.HASHED, aggregates, options, storage, true))
        .isInstanceOf(CancelledException.class);
    assertThat(cancellation.isCancelled()).isTrue();
    assertThat(storage.openChannels()).isZero();
    assertThat(filesLeft()).isZero();
  }

  private QueryOptions options(long limit, int threads) {
    return QueryOptions.defaults().withThreads(threads).withMemoryLimitBytes(limit);
  }

  private List<List<@Nullable Object>> run(
      TestRows rows,
      Way way,
      List<AggregateColumn> aggregates,
      QueryOptions options,
      boolean spills) {
    return run(rows, way, aggregates, options, SpillStorage.in(directory), spills);
  }

  /** Half of a small limit is taken from the start, so that everything is spilled that can be. */
  private static List<List<@Nullable Object>> run(
      TestRows rows,
      Way way,
      List<AggregateColumn> aggregates,
      QueryOptions options,
      SpillStorage storage,
      boolean spills) {
    List<List<@Nullable Object>> result;
    long spilled;
    try (QueryMemory.Region data = new QueryMemory(AMPLE).detachedRegion();
        QueryContext context = new QueryContext(options, storage)) {
      if (spills) {
        context.memory().reserve(options.memoryLimitBytes() / 2 + 1);
      }
      result = AggregateSinkTest.run(context, data, rows, way, 2, aggregates, BLOCK_ROWS);
      spilled = context.memory().spilledBytes();
      assertThat(spilled > 0).isEqualTo(spills);
    }
    if (spills) {
      WriteReport report = WriteLedger.process().last(storage.place()).orElseThrow();
      assertThat(report.kind()).isEqualTo(WriteReport.Kind.QUERY);
      assertThat(report.written().logicalBytes()).isZero();
      assertThat(report.written().writtenBytes()).isEqualTo(spilled);
      assertThat(report.written().pages()).isGreaterThanOrEqualTo(spilled / Written.PAGE_BYTES);
    }
    return result;
  }

  private long filesLeft() throws IOException {
    try (var files = Files.list(directory)) {
      return files.count();
    }
  }
}
