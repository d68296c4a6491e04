package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.SpilledVectors;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns groups and their states into the blocks of the result, on all threads. Blocks for which the
 * query's memory is short go to temporary files.
 */
final class ResultWriter {
  /** Groups completed by one task. */
  private static final int TASK_GROUPS = 1024;

  /** The first row of each group of a block; never changed. */
  private static final int[] FIRST_ROWS = new int[Sizes.BLOCK_ROWS];

  private final QueryContext context;
  private final List<GroupKey> keys;
  private final List<AggregateColumn> aggregates;
  private final boolean codes;
  private final QueryMemory.Region target;

  /** Rows wanted of the result in its own order. */
  private final long mostRows;

  /** Leaves out rows where few in another order are wanted, else null. */
  private final @Nullable GroupCut cut;

  ResultWriter(
      QueryContext context,
      List<GroupKey> keys,
      List<AggregateColumn> aggregates,
      GroupingChoice choice,
      @Nullable WantedGroups wanted,
      QueryMemory.Region target) {
    this.context = context;
    this.keys = List.copyOf(keys);
    this.aggregates = List.copyOf(aggregates);
    this.codes = !(choice instanceof GroupingChoice.Hashed);
    this.target = target;
    boolean ordered = wanted != null && !wanted.keys().isEmpty();
    this.mostRows = wanted == null || ordered ? Long.MAX_VALUE : wanted.rowCount();
    this.cut = wanted != null && ordered ? new GroupCut(wanted, context) : null;
  }

  /** The types of the result's columns. */
  List<DataType> types() {
    List<DataType> types = new ArrayList<>();
    keys.forEach(key -> types.add(key.type()));
    aggregates.forEach(aggregate -> types.add(aggregate.resultType()));
    return types;
  }

  /** The blocks of the result, in the order of {@code parts} and of their groups. */
  List<MemoryTable.Rows> write(List<ChunkGroups> parts) {
    int[][] present = new int[parts.size()][];
    Parallel.run(context, parts.size(), p -> present[(int) p] = parts.get((int) p).presentGroups());
    complete(parts, present);
    List<Block> blocks = new ArrayList<>();
    for (int p = 0; p < present.length; p++) {
      plan(parts.get(p), present[p], blocks);
    }
    List<Block> first = first(blocks);
    MemoryTable.Rows[] rows = new MemoryTable.Rows[first.size()];
    Parallel.run(context, rows.length, b -> rows[(int) b] = write(first.get((int) b)));
    return Arrays.stream(rows).filter(block -> block.rowCount() > 0).toList();
  }

  /** The blocks of one part, on this thread alone. */
  List<MemoryTable.Rows> write(ChunkGroups part) {
    part.states().complete(0, part.grouping().groupCount());
    List<Block> blocks = new ArrayList<>();
    plan(part, part.presentGroups(), blocks);
    return first(blocks).stream().map(this::write).filter(rows -> rows.rowCount() > 0).toList();
  }

  private void complete(List<ChunkGroups> parts, int[][] present) {
    record Task(GroupStates states, int first, int end) {}
    List<Task> tasks = new ArrayList<>();
    for (int p = 0; p < present.length; p++) {
      int groupCount = parts.get(p).grouping().groupCount();
      for (int first = 0; first < groupCount; first += TASK_GROUPS) {
        int end = Math.min(groupCount, first + TASK_GROUPS);
        tasks.add(new Task(parts.get(p).states(), first, end));
      }
    }
    Parallel.run(
        context,
        tasks.size(),
        t -> {
          Task task = tasks.get((int) t);
          task.states.complete(task.first, task.end);
        });
  }

  /** Rows of the result: which group each is of, and which of its rows, or more of the latter. */
  private record Block(ChunkGroups part, int[] groups, int[] ordinals) {
    Block of(int[] rows) {
      int[] some = new int[rows.length];
      int[] someOrdinals = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        some[i] = groups[rows[i]];
        someOrdinals[i] = ordinals[rows[i]];
      }
      return new Block(part, some, someOrdinals);
    }

    Block first(int rowCount) {
      return new Block(part, Arrays.copyOf(groups, rowCount), Arrays.copyOf(ordinals, rowCount));
    }
  }

  /** The blocks with the rows that are wanted, if those are the first. */
  private List<Block> first(List<Block> blocks) {
    List<Block> first = new ArrayList<>();
    long left = mostRows;
    for (Block block : blocks) {
      if (left > 0) {
        first.add(block.groups.length <= left ? block : block.first((int) left));
        left -= block.groups.length;
      }
    }
    return first;
  }

  private static void plan(ChunkGroups part, int[] present, List<Block> blocks) {
    if (part.states().takesOneRowEach()) {
      for (int from = 0; from < present.length; from += Sizes.BLOCK_ROWS) {
        int end = Math.min(present.length, from + Sizes.BLOCK_ROWS);
        boolean whole = end - from == present.length;
        blocks.add(
            new Block(part, whole ? present : Arrays.copyOfRange(present, from, end), FIRST_ROWS));
      }
      return;
    }
    int[] groups = new int[Math.min(present.length, Sizes.BLOCK_ROWS)];
    int[] ordinals = new int[groups.length];
    int count = 0;
    for (int group : present) {
      int rows = part.states().resultRows(group);
      for (int row = 0; row < rows; row++) {
        if (count == groups.length && count < Sizes.BLOCK_ROWS) {
          groups = Arrays.copyOf(groups, Math.min(Sizes.BLOCK_ROWS, count * 2));
          ordinals = Arrays.copyOf(ordinals, groups.length);
        }
        groups[count] = group;
        ordinals[count++] = row;
        if (count == Sizes.BLOCK_ROWS) {
          blocks.add(new Block(part, groups.clone(), ordinals.clone()));
          count = 0;
        }
      }
    }
    if (count > 0) {
      blocks.add(new Block(part, Arrays.copyOf(groups, count), Arrays.copyOf(ordinals, count)));
    }
  }

  private MemoryTable.Rows write(Block all) {
    GroupCut some = cut;
    Block block = some == null ? all : cut(all, some);
    if (!context.memory().isShort(8L * block.groups.length * types().size())) {
      return write(block, target);
    }
    try (QueryMemory.Region scratch = context.memory().region()) {
      return SpilledVectors.of(write(block, scratch), target);
    }
  }

  private Block cut(Block block, GroupCut some) {
    try (QueryMemory.Region scratch = context.memory().region()) {
      Vector[] vectors = new Vector[some.columns().size()];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = column(some.columns().get(c), block, scratch);
      }
      return block.of(some.of(vectors, block.groups.length));
    }
  }

  private MemoryTable.Rows write(Block block, QueryMemory.Region memory) {
    Vector[] vectors = new Vector[keys.size() + aggregates.size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = column(c, block, memory);
    }
    return new MemoryTable.Rows(block.groups.length, vectors);
  }

  /** Column {@code column} of the result. */
  private Vector column(int column, Block block, QueryMemory.Region memory) {
    int count = block.groups.length;
    if (column >= keys.size()) {
      int a = column - keys.size();
      ResultColumn out = ResultColumn.plain(aggregates.get(a).resultType(), count, memory);
      block.part.states().write(a, block.groups, block.ordinals, count, out);
      return out.build();
    }
    KeyDomain domain = keys.get(column).domain();
    Dictionary dictionary = domain == null || !codes ? null : domain.dictionary();
    ResultColumn out =
        dictionary == null
            ? ResultColumn.plain(keys.get(column).type(), count, memory)
            : ResultColumn.coded(dictionary, count, memory);
    block.part.grouping().write(column, block.groups, count, out);
    return out.build();
  }
}
