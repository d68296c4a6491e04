package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sink;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.exec.hash.KeyTable;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first row of each distinct combination of key values, whole and in row order. Null
 * equals null, NaN equals NaN, -0.0 equals 0.0.
 *
 * <p>Each chunk keeps its own first rows; afterwards those that an earlier chunk has too are
 * dropped, side by side for parts of the keys.
 */
public final class DistinctSink implements Sink {
  private final Schema schema;
  private final int[] keys;
  private final List<DataType> keyTypes = new ArrayList<>();
  private final QueryContext context;
  private final QueryMemory.Region target;
  private final QueryMemory.Region region;
  private final TreeMap<Long, Chunk> chunks = new TreeMap<>();

  /** Where the keys' domains are small, a number for each combination of them. */
  private final GroupingChoice.@Nullable Slots slots;

  private List<MemoryTable.Rows> result = List.of();

  /**
   * A sink of rows of {@code schema}.
   *
   * @param keys the positions of the columns whose values make rows distinct
   * @param domains what is known of each key's values, or null
   * @param rowCount rows of the input at most, or -1 if that is not known
   * @param target where the result goes, which its owner closes
   */
  public DistinctSink(
      Schema schema,
      int[] keys,
      List<@Nullable KeyDomain> domains,
      long rowCount,
      QueryContext context,
      QueryMemory.Region target) {
    this.schema = schema;
    this.keys = keys.clone();
    this.context = context;
    this.target = target;
    this.region = context.memory().region();
    List<GroupKey> groupKeys = new ArrayList<>();
    for (int k = 0; k < keys.length; k++) {
      keyTypes.add(schema.type(keys[k]));
      groupKeys.add(new GroupKey(schema.type(keys[k]), domains.get(k)));
    }
    this.slots =
        keys.length > 0
                && GroupingChoice.of(groupKeys, rowCount, false) instanceof GroupingChoice.Slots s
            ? s
            : null;
  }

  @Override
  public int blocksPerChunk(long blockCount) {
    return slots == null ? 4 : 4 + slots.slots() / Sizes.BLOCK_ROWS;
  }

  @Override
  public ChunkSink chunk(long chunk) {
    return new Chunk(chunk);
  }

  @Override
  public void finish() {
    try (region) {
      List<Chunk> all = new ArrayList<>(chunks.values());
      chunks.clear();
      if (all.size() > 1) {
        if (slots != null) {
          dropRepeatedSlots(all);
        } else {
          dropRepeats(all);
        }
      }
      result = gather(all);
      all.forEach(chunk -> chunk.heap.close());
    }
  }

  /** The rows kept: dense blocks in the memory given, after {@link #finish}. */
  public List<MemoryTable.Rows> rows() {
    return result;
  }

  private static void dropRepeatedSlots(List<Chunk> all) {
    BitSet seen = new BitSet();
    for (Chunk chunk : all) {
      FirstSlots first = chunk.firstSlots;
      if (first != null) {
        byte[] marks = new byte[first.size()];
        first.keepNew(seen, marks);
        chunk.kept = marks;
      }
    }
  }

  /** Marks the rows whose keys no earlier chunk has. */
  private void dropRepeats(List<Chunk> all) {
    int parts = PartedGroups.partsFor(all.stream().mapToLong(c -> c.table.size()).sum());
    PartedGroups[] parted = new PartedGroups[all.size()];
    Parallel.run(
        context,
        all.size(),
        c -> {
          Chunk chunk = all.get((int) c);
          parted[(int) c] = PartedGroups.of(chunk.table.size(), chunk.table::hash, parts);
          chunk.kept = new byte[chunk.table.size()];
        });
    Parallel.run(
        context,
        parts,
        p -> {
          int part = (int) p;
          try (HeapUse heap = new HeapUse(context)) {
            KeyTable seen = new KeyTable(keyTypes, parted[0].count(part), region, heap);
            for (int c = 0; c < parted.length; c++) {
              Chunk chunk = all.get(c);
              int start = parted[c].starts()[part];
              int[] ids = new int[parted[c].count(part)];
              int fresh = seen.size();
              seen.add(chunk.table, parted[c].order(), start, ids.length, true, ids);
              for (int i = 0; i < ids.length; i++) {
                if (ids[i] == fresh) {
                  fresh++;
                  chunk.keep(parted[c].order()[start + i]);
                }
              }
            }
          }
        });
  }

  /** The kept rows of all chunks, cut into blocks at the same rows whatever the batches were. */
  private List<MemoryTable.Rows> gather(List<Chunk> all) {
    List<MemoryTable.Rows> blocks = new ArrayList<>();
    ColumnBuilder[] columns = builders(target);
    for (Chunk chunk : all) {
      int[] rows = chunk.keptRows();
      for (int from = 0; from < rows.length; ) {
        int room = Sizes.BLOCK_ROWS - (columns.length == 0 ? 0 : columns[0].rowCount());
        int count = Math.min(room, rows.length - from);
        int[] part = java.util.Arrays.copyOfRange(rows, from, from + count);
        ColumnBuilder[] into = columns;
        Parallel.run(
            context,
            into.length,
            c -> into[(int) c].append(chunk.columns[(int) c].vector(0), part, part.length));
        from += count;
        if (count == room) {
          blocks.add(block(columns));
          columns = builders(target);
        }
      }
    }
    if (columns.length > 0 && columns[0].rowCount() > 0) {
      blocks.add(block(columns));
    }
    return blocks;
  }

  private static MemoryTable.Rows block(ColumnBuilder[] columns) {
    Vector[] vectors = new Vector[columns.length];
    for (int c = 0; c < columns.length; c++) {
      vectors[c] = columns[c].vector(0);
    }
    return new MemoryTable.Rows(columns[0].rowCount(), vectors);
  }

  private ColumnBuilder[] builders(QueryMemory.Region memory) {
    ColumnBuilder[] columns = new ColumnBuilder[schema.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = new ColumnBuilder(schema.type(c), memory);
    }
    return columns;
  }

  private synchronized void chunkEnded(long number, Chunk chunk) {
    chunks.put(number, chunk);
  }

  /** The first rows of one chunk; row i has the keys of id i in its table. */
  private final class Chunk implements ChunkSink {
    private final long number;
    private final HeapUse heap = new HeapUse(context);
    private final KeyTable table = new KeyTable(keyTypes, slots == null ? 1024 : 0, region, heap);
    private final @Nullable FirstSlots firstSlots =
        slots == null ? null : new FirstSlots(keys, slots);
    private final ColumnBuilder[] columns = builders(region);
    private final Vector[] keyVectors = new Vector[keys.length];
    private final int[] ids = new int[Sizes.BATCH_ROWS];
    private final int[] fresh = new int[Sizes.BATCH_ROWS];

    /** 1 for rows whose keys no earlier chunk has; null for all. */
    private byte @Nullable [] kept;

    Chunk(long number) {
      this.number = number;
    }

    void keep(int row) {
      if (kept != null) {
        kept[row] = 1;
      }
    }

    @Override
    public void push(Batch batch) {
      int freshCount = firstSlots == null ? addKeys(batch) : firstSlots.add(batch, fresh);
      if (freshCount > 0) {
        for (int c = 0; c < columns.length; c++) {
          columns[c].append(batch.vector(c), fresh, freshCount);
        }
      }
    }

    private int addKeys(Batch batch) {
      int[] rows = batch.selection().isAll() ? null : batch.selection().toList();
      int count = batch.selection().count();
      for (int k = 0; k < keys.length; k++) {
        keyVectors[k] = batch.cells(keys[k]);
      }
      int known = table.size();
      table.add(keyVectors, rows, count, ids);
      int freshCount = 0;
      for (int i = 0; i < count; i++) {
        if (ids[i] == known + freshCount) {
          fresh[freshCount++] = rows == null ? i : rows[i];
        }
      }
      return freshCount;
    }

    @Override
    public void end() {
      chunkEnded(number, this);
    }

    int[] keptRows() {
      byte[] marks = kept;
      int[] rows = new int[firstSlots == null ? table.size() : firstSlots.size()];
      int count = 0;
      for (int row = 0; row < rows.length; row++) {
        if (marks == null || marks[row] != 0) {
          rows[count++] = row;
        }
      }
      return java.util.Arrays.copyOf(rows, count);
    }
  }
}
