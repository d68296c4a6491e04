package colonnade.parquet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.store.Dictionary;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.jspecify.annotations.Nullable;

/**
 * One dictionary for all row groups of a column whose every page holds codes. Parquet keeps a
 * dictionary per row group; made into one, the codes of the whole file mean the same. Its memory is
 * freed when nothing refers to it any more.
 *
 * @param dictionary the entries of all row groups, in order of first appearance
 * @param codes by row group: the code here of each entry there
 */
record SharedDictionary(Dictionary dictionary, int[][] codes) {
  /** Above these, codes cost more to keep than they save. */
  private static final int ENTRY_LIMIT = 1 << 20;

  private static final int BYTE_LIMIT = 1 << 26;
  private static final int CODE_LIMIT = 1 << 22;

  /** Reads the dictionary pages of {@code column}; null if not all of its pages hold codes. */
  static @Nullable SharedDictionary read(
      ParquetFooter footer, FileChannel channel, ParquetColumn column) {
    int groups = footer.rowGroups().size();
    for (int group = 0; group < groups; group++) {
      if (!isCoded(footer, channel, group, column)) {
        return null;
      }
    }
    int[][] codes = new int[groups][];
    Map<ByteBuffer, Integer> known = new HashMap<>();
    var all = new ByteArrayOutputStream();
    var ends = new java.util.ArrayList<Integer>();
    var entries = new ValueBytes();
    int codeCount = 0;
    for (int group = 0; group < groups; group++) {
      entries.clear();
      if (footer.rowGroups().get(group).getNum_rows() > 0) {
        Page page = new ChunkPages(footer, channel, group, column).next();
        if (!page.isDictionary()) {
          return null;
        }
        TextDecoder.readDictionary(page, column, entries);
      }
      codeCount += entries.count;
      if (codeCount > CODE_LIMIT) {
        return null;
      }
      codes[group] = new int[entries.count];
      for (int i = 0; i < entries.count; i++) {
        byte[] entry = new byte[entries.length(i)];
        System.arraycopy(entries.array, entries.start(i), entry, 0, entry.length);
        Integer code = known.putIfAbsent(ByteBuffer.wrap(entry), known.size());
        if (code == null) {
          code = known.size() - 1;
          all.writeBytes(entry);
          ends.add(all.size());
        }
        codes[group][i] = code;
      }
      if (known.size() > ENTRY_LIMIT || all.size() > BYTE_LIMIT) {
        return null;
      }
    }
    return known.isEmpty()
        ? null
        : new SharedDictionary(dictionary(column, ends, all.toByteArray()), codes);
  }

  private static Dictionary dictionary(ParquetColumn column, List<Integer> ends, byte[] all) {
    Arena arena = Arena.ofAuto();
    MemorySegment offsets = arena.allocate((ends.size() + 1L) * Long.BYTES, 64);
    for (int i = 0; i < ends.size(); i++) {
      offsets.set(JAVA_LONG_UNALIGNED, (i + 1L) * Long.BYTES, ends.get(i));
    }
    MemorySegment bytes = arena.allocate(Math.max(all.length, 1), 64);
    MemorySegment.copy(all, 0, bytes, JAVA_BYTE, 0, all.length);
    return new Dictionary(column.type(), ends.size(), offsets, bytes);
  }

  private static boolean isCoded(
      ParquetFooter footer, FileChannel channel, int group, ParquetColumn column) {
    if (footer.rowGroups().get(group).getNum_rows() == 0) {
      return true;
    }
    ColumnMetaData chunk = footer.chunk(group, column);
    List<PageEncodingStats> pages = chunk.getEncoding_stats();
    if (pages != null && !pages.isEmpty()) {
      return pages.stream()
          .allMatch(p ->
              p.getPage_type() == PageType.DICTIONARY_PAGE || ChunkPages.isCode(p.getEncoding()));
    }
    List<Encoding> encodings = chunk.getEncodings();
    return encodings.stream().anyMatch(ChunkPages::isCode)
        && ChunkPages.allCoded(footer, channel, group, column);
  }
}
