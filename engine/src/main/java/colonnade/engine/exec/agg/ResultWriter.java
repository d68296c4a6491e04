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

  ResultWriter(
      QueryContext context,
      List<GroupKey> keys,
      List<AggregateColumn> aggregates,
      GroupingChoice choice,
      QueryMemory.Region target) {
    this.context = context;
    this.keys = List.copyOf(keys);
    this.aggregates = List.copyOf(aggregates);
    this.codes = !(choice instanceof GroupingChoice.Hashed);
    this.target = target;
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
    MemoryTable.Rows[] rows = new MemoryTable.Rows[blocks.size()];
    Parallel.run(context, rows.length, b -> rows[(int) b] = write(blocks.get((int) b)));
    return List.of(rows);
  }

  /** The blocks of one part, on this thread alone. */
  List<MemoryTable.Rows> write(ChunkGroups part) {
    part.states().complete(0, part.grouping().groupCount());
    List<Block> blocks = new ArrayList<>();
    plan(part, part.presentGroups(), blocks);
    return blocks.stream().map(this::write).toList();
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
  private record Block(ChunkGroups part, int[] groups, int[] ordinals) {}

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

  private MemoryTable.Rows write(Block block) {
    if (!context.memory().isShort(8L * block.groups.length * types().size())) {
      return write(block, target);
    }
    try (QueryMemory.Region scratch = context.memory().region()) {
      return SpilledVectors.of(write(block, scratch), target);
    }
  }

  private MemoryTable.Rows write(Block block, QueryMemory.Region memory) {
    int count = block.groups.length;
    Vector[] vectors = new Vector[keys.size() + aggregates.size()];
    for (int k = 0; k < keys.size(); k++) {
      KeyDomain domain = keys.get(k).domain();
      Dictionary dictionary = domain == null || !codes ? null : domain.dictionary();
      ResultColumn column =
          dictionary == null
              ? ResultColumn.plain(keys.get(k).type(), count, memory)
              : ResultColumn.coded(dictionary, count, memory);
      block.part.grouping().write(k, block.groups, count, column);
      vectors[k] = column.build();
    }
    for (int a = 0; a < aggregates.size(); a++) {
      ResultColumn column = ResultColumn.plain(aggregates.get(a).resultType(), count, memory);
      block.part.states().write(a, block.groups, block.ordinals, count, column);
      vectors[keys.size() + a] = column.build();
    }
    return new MemoryTable.Rows(count, vectors);
  }
}
