package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of all aggregates of a query for groups {@code 0 .. n - 1}: of one chunk, or merged.
 */
final class GroupStates {
  private final QueryContext context;
  private final AggregateSet set;
  private final HeapUse heap;
  private final QueryMemory.Region region;
  private final RowCounts rows;
  private final List<ValueCounts> counts = new ArrayList<>();
  private final List<@Nullable CollectedCells> collected = new ArrayList<>();
  private final List<Accumulator> accumulators = new ArrayList<>();
  private final int floatLanes;
  private final boolean sumsFloats;
  private int capacity;

  /**
   * @param floatLanes interleaved sums per group, as {@link FloatSum} has them
   */
  GroupStates(
      QueryContext context,
      AggregateSet set,
      HeapUse heap,
      QueryMemory.Region region,
      int floatLanes) {
    this.context = context;
    this.floatLanes = floatLanes;
    this.set = set;
    this.heap = heap;
    this.region = region;
    this.rows = new RowCounts(heap);
    this.sumsFloats =
        set.aggregates().stream()
            .anyMatch(a ->
                (a.function() == AggregateFunction.SUM || a.function() == AggregateFunction.MEAN)
                    && a.types().getFirst().isFloating());
    for (int a = 0; a < set.arguments().size(); a++) {
      counts.add(new ValueCounts(heap, rows));
      collected.add(set.collects(a) ? new CollectedCells(heap, region) : null);
    }
    for (int i = 0; i < set.aggregates().size(); i++) {
      accumulators.add(accumulator(set.aggregates().get(i), set.argumentOf().get(i)));
    }
  }

  /** Makes room for groups {@code 0 .. groupCount - 1}, and for some more if there may be more. */
  void resize(int groupCount, boolean exact) {
    if (groupCount <= capacity) {
      return;
    }
    capacity = exact ? groupCount : Math.max(64, groupCount + groupCount / 2);
    rows.resize(capacity);
    counts.forEach(c -> c.resize(capacity));
    for (CollectedCells cells : collected) {
      if (cells != null) {
        cells.resize(capacity);
      }
    }
    accumulators.forEach(a -> a.resize(capacity));
  }

  /** Takes rows of the only group, of which nothing but their number is wanted. */
  void add(int rowCount) {
    rows.add(0, rowCount);
  }

  /** Takes the rows of a batch, whose groups are known. */
  void update(Batch batch, BatchRows batchRows, List<ArgumentValues> arguments) {
    if (set.single()) {
      rows.add(0, batchRows.count);
    } else {
      rows.update(batchRows.groups, batchRows.count);
    }
    for (int a = 0; a < arguments.size(); a++) {
      arguments.get(a).read(batch, batchRows, counts.get(a));
    }
    update(arguments);
  }

  /** Whether {@link #update(Batch, GroupsApart)} may take {@code batch}, and may be faster. */
  boolean takesGroupsApart(Batch batch) {
    if (!sumsFloats) {
      return false;
    }
    for (int i = 0; i < accumulators.size(); i++) {
      int argument = set.argumentOf().get(i);
      if (argument >= 0) {
        int column = set.arguments().get(argument).columns().getFirst();
        if (!accumulators.get(i).takesGroupsApart(batch.vector(column))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Takes the rows of a batch, group by group. */
  void update(Batch batch, GroupsApart groups) {
    for (int g = 0; g < groups.count(); g++) {
      rows.add(groups.group(g), groups.rows(g).count());
    }
    for (int a = 0; a < set.arguments().size(); a++) {
      Vector vector = batch.vector(set.arguments().get(a).columns().getFirst());
      for (int g = 0; g < groups.count(); g++) {
        int group = groups.group(g);
        Selection present = groups.present(g, vector);
        int missing = groups.rows(g).count() - present.count();
        if (missing > 0) {
          counts.get(a).addMissing(group, missing);
        }
        for (int i = 0; i < accumulators.size(); i++) {
          if (set.argumentOf().get(i) == a) {
            accumulators.get(i).update(group, vector, present, groups.kernels());
          }
        }
      }
    }
  }

  /** Takes rows that were kept for later, whose groups are known by now. */
  void update(LooseBatch batch, List<ArgumentValues> arguments) {
    rows.update(batch.groups, batch.count());
    for (int a = 0; a < arguments.size(); a++) {
      arguments.get(a).read(batch, counts.get(a));
    }
    update(arguments);
  }

  private void update(List<ArgumentValues> arguments) {
    for (int a = 0; a < arguments.size(); a++) {
      ArgumentValues values = arguments.get(a);
      CollectedCells cells = collected.get(a);
      if (cells != null) {
        cells.add(values.groups, values.doubles(), values.count);
      }
    }
    for (int i = 0; i < accumulators.size(); i++) {
      int argument = set.argumentOf().get(i);
      if (argument >= 0) {
        accumulators.get(i).update(arguments.get(argument));
      }
    }
  }

  /** Called after the last row of a chunk with {@code groupCount} groups. */
  void seal(int groupCount) {
    resize(groupCount, true);
    for (CollectedCells cells : collected) {
      if (cells != null) {
        cells.seal(groupCount, CollectedCells.RunChange.NONE);
      }
    }
    accumulators.forEach(a -> a.seal(groupCount));
  }

  /** As {@link Accumulator#merge}, for all states. */
  void merge(GroupStates next, int[] from, int start, int[] to, int count) {
    rows.merge(next.rows, from, start, to, count);
    for (int a = 0; a < counts.size(); a++) {
      counts.get(a).merge(next.counts.get(a), from, start, to, count);
      CollectedCells cells = collected.get(a);
      CollectedCells nextCells = next.collected.get(a);
      if (cells != null && nextCells != null) {
        cells.merge(nextCells, from, start, to, count);
      }
    }
    for (int i = 0; i < accumulators.size(); i++) {
      accumulators.get(i).merge(next.accumulators.get(i), from, start, to, count);
    }
  }

  /** As {@link Accumulator#complete}, for all states. */
  void complete(int first, int end) {
    accumulators.forEach(a -> a.complete(first, end));
  }

  /** Rows of {@code group}. */
  long rowCount(int group) {
    return rows.count(group);
  }

  /** Whether every group takes one row of the result. */
  boolean takesOneRowEach() {
    return set.aggregates().stream().noneMatch(a -> a.function() == AggregateFunction.LARGEST);
  }

  /** Rows of the result that {@code group} takes. */
  int resultRows(int group) {
    int most = 1;
    for (Accumulator accumulator : accumulators) {
      most = Math.max(most, accumulator.rowsOf(group));
    }
    return most;
  }

  /** Writes aggregate number {@code aggregate}, as {@link Accumulator#write} does. */
  void write(int aggregate, int[] groups, int[] ordinals, int count, ResultColumn out) {
    accumulators.get(aggregate).write(groups, ordinals, count, out);
  }

  /** Whether other states refer to these after a merge. */
  boolean isReferredTo() {
    return set.collects();
  }

  /** The result of an earlier aggregate that sums the same argument. */
  private @Nullable SumResult sharedSum(int argument) {
    for (int i = 0; i < accumulators.size(); i++) {
      if (set.argumentOf().get(i) == argument && accumulators.get(i) instanceof SumResult shared) {
        return shared;
      }
    }
    return null;
  }

  private Accumulator accumulator(AggregateColumn aggregate, int argument) {
    AggregateFunction function = aggregate.function();
    if (function == AggregateFunction.COUNT) {
      return new CountResult(rows::count);
    }
    ValueCounts present = counts.get(argument);
    boolean text = aggregate.types().getFirst().isVariable();
    boolean floating = aggregate.types().getFirst().isFloating();
    boolean single = set.single();
    return switch (function) {
      case COUNT, COUNT_PRESENT -> new CountResult(present::count);
      case SUM, MEAN -> {
        boolean mean = function == AggregateFunction.MEAN;
        SumResult shared = sharedSum(argument);
        if (shared != null) {
          yield shared.and(mean, aggregate.label());
        }
        boolean narrow = aggregate.types().getFirst().widthBytes() < 8;
        Sum sum =
            floating
                ? single ? new SingleFloatSum(present) : new FloatSum(heap, present, floatLanes)
                : single ? new SingleIntegerSum(present) : new IntegerSum(heap, present, narrow);
        yield SumResult.of(sum, mean, aggregate.label());
      }
      case MIN, MAX -> {
        boolean greatest = function == AggregateFunction.MAX;
        yield text
            ? new TextExtreme(heap, greatest)
            : new Extreme(heap, present, greatest, floating, single);
      }
      case VARIANCE -> new Moments(heap, true, false, single);
      case STANDARD_DEVIATION -> new Moments(heap, true, true, single);
      case VARIANCE_POPULATION -> new Moments(heap, false, false, single);
      case STANDARD_DEVIATION_POPULATION -> new Moments(heap, false, true, single);
      case QUANTILE -> {
        CollectedCells cells = collected.get(argument);
        if (cells == null) {
          throw new IllegalStateException("the values of a quantile are not collected");
        }
        yield new Quantile(heap, cells, aggregate.parameter());
      }
      case FIRST, LAST -> {
        boolean last = function == AggregateFunction.LAST;
        yield text ? new TextEdge(heap, last) : new Edge(heap, last);
      }
      case COUNT_DISTINCT ->
          single
              ? new SingleDistinctCount(context, heap, region, floating, text)
              : new DistinctCount(heap, region, floating, text);
      case APPROXIMATE_COUNT_DISTINCT -> new ApproximateDistinctCount(heap, floating, text);
      case LARGEST -> {
        int n = (int) aggregate.parameter();
        yield n <= FewLargest.MOST
            ? new FewLargest(heap, n, floating)
            : new Largest(heap, n, floating);
      }
      case CORRELATION -> new Correlation(heap);
      case MAX_ABSOLUTE -> new MaxAbsolute(heap, single);
    };
  }
}
