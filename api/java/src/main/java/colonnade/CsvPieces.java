package colonnade;

import colonnade.engine.csv.FileSurvey;
import colonnade.engine.csv.KeptChunk;
import colonnade.engine.exec.Sizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where records begin in a plain file, every now and then: pieces of at most 65,536 rows, and about
 * as many bytes as make a block; and what was kept of their chunks. Filled by one thread at a time,
 * in order; safe for all threads from then on.
 */
final class CsvPieces {
  private static final long MAX_BYTES = 8L << 20;

  private long[] ends = new long[64];
  private final long firstByte;
  private final List<List<KeptChunk>> kept = new ArrayList<>();
  private int count;
  private long lastRows;

  /** No pieces yet; the first begins at {@code firstByte} of the file. */
  CsvPieces(long firstByte) {
    this.firstByte = firstByte;
  }

  /**
   * Adds the next chunk, in which at most {@code rows} rows are.
   *
   * @param chunk its rows; null if they are not kept
   */
  void add(long bytes, long rows, @Nullable KeptChunk chunk) {
    long start = count == 0 ? firstByte : ends[count - 1];
    if (count > 0
        && lastRows + rows <= Sizes.BLOCK_ROWS
        && start + bytes - start(count - 1) <= MAX_BYTES) {
      ends[count - 1] += bytes;
      lastRows += rows;
      List<KeptChunk> chunks = kept.getLast();
      if (chunk == null) {
        kept.set(count - 1, List.of());
      } else if (!chunks.isEmpty()) {
        chunks.add(chunk);
      }
      return;
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = start + bytes;
    lastRows = rows;
    kept.add(chunk == null ? List.of() : new ArrayList<>(List.of(chunk)));
  }

  /** Says what turned out to be in the columns; see {@link KeptChunk#resolved}. */
  void resolve(Schema schema, FileSurvey.@Nullable Texts[] texts) {
    kept.replaceAll(chunks -> chunks.stream().map(chunk -> chunk.resolved(schema, texts)).toList());
  }

  /** The chunks of piece {@code i}; none if they are not all kept. */
  List<KeptChunk> kept(int i) {
    return kept.get(i);
  }

  /** Forgets the chunks, whose memory is freed. */
  void forgetKept() {
    kept.clear();
  }

  int count() {
    return count;
  }

  /** Where piece {@code i} begins in the file. */
  long start(int i) {
    return i == 0 ? firstByte : ends[i - 1];
  }

  /** How many bytes piece {@code i} has. */
  int length(int i) {
    return Math.toIntExact(ends[i] - start(i));
  }
}
