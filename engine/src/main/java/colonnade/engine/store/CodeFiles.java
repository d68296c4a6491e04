package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.engine.store.format.FileRole;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Dictionary codes and their dictionary. Codes are as wide as the dictionary needs: when it passes
 * 256 or 65,536 entries they go on in a new, wider file. A null row has the code of the empty
 * entry.
 */
final class CodeFiles implements ValueFiles {
  /** Fewer rows than this do not show whether texts repeat. */
  private static final long FEW_ROWS = 1 << 20;

  /** Makes a new file of a role for this column; the width counts for codes only. */
  interface Maker {
    AppendFile make(FileRole role, int codeWidthBytes);
  }

  private static final int CHUNK_ROWS = 4096;
  private static final int MAX_REMAPS = 8;

  private final Maker maker;
  private final EntryTable entries;
  private final AppendFile dictionaryOffsets;
  private final AppendFile dictionaryBytes;
  private final int[] chunk = new int[CHUNK_ROWS];
  private final Map<Dictionary, int[]> remaps = new IdentityHashMap<>();
  private AppendFile codes;
  private int codeWidthBytes;
  private int writtenEntries;
  private byte[] text = new byte[0];

  /** New files, or old ones with the entries that they hold. */
  CodeFiles(
      Maker maker,
      EntryTable entries,
      AppendFile codes,
      int codeWidthBytes,
      AppendFile dictionaryOffsets,
      AppendFile dictionaryBytes) {
    this.maker = maker;
    this.entries = entries;
    this.codes = codes;
    this.codeWidthBytes = codeWidthBytes;
    this.dictionaryOffsets = dictionaryOffsets;
    this.dictionaryBytes = dictionaryBytes;
    this.writtenEntries = entries.size();
    if (dictionaryOffsets.length() == 0) {
      dictionaryOffsets.appendLong(0);
    }
  }

  @Override
  public int append(Vector vector, int from, RowBits rows, StatisticsFold statistics) {
    int row = 0;
    while (row < rows.count()) {
      int n = Math.min(CHUNK_ROWS, rows.count() - row);
      Dictionary source = vector.dictionary();
      int done =
          source != null
              ? encode(source, vector, from, rows, row, n)
              : encode(vector, from, rows, row, n);
      append(done);
      row += done;
      if (done < n) {
        return row;
      }
    }
    return row;
  }

  /** Fills {@link #chunk} from codes of another dictionary, of which each is looked up once. */
  private int encode(Dictionary source, Vector vector, int from, RowBits rows, int row, int n) {
    int[] remap = remaps.get(source);
    if (remap == null) {
      if (remaps.size() == MAX_REMAPS) {
        remaps.clear();
      }
      remap = new int[source.size()];
      Arrays.fill(remap, -1);
      remaps.put(source, remap);
    }
    long at = vector.dataOffset() + (long) (from + row) * vector.codeWidthBytes();
    MemorySegment data = vector.data();
    switch (vector.codeWidthBytes()) {
      case 1 -> {
        for (int i = 0; i < n; i++) {
          chunk[i] = data.get(JAVA_BYTE, at + i) & 0xff;
        }
      }
      case 2 -> {
        for (int i = 0; i < n; i++) {
          chunk[i] = data.get(Layouts.SHORT, at + 2L * i) & 0xffff;
        }
      }
      default -> MemorySegment.copy(data, Layouts.INT, at, chunk, 0, n);
    }
    for (int i = 0; i < n; i++) {
      int code = rows.isPresent(row + i) ? remap[chunk[i]] : empty();
      if (code < 0) {
        code = entries.codeOf(source.bytes(), source.start(chunk[i]), source.length(chunk[i]));
        if (code < 0) {
          return i;
        }
        remap[chunk[i]] = code;
      }
      chunk[i] = code;
    }
    return n;
  }

  /** Fills {@link #chunk} from plain text, whose bytes are copied to the heap together. */
  private int encode(Vector vector, int from, RowBits rows, int row, int n) {
    long first = vector.start(from + row);
    long total = vector.start(from + row + n) - first;
    boolean together = total >= 0 && total <= 1 << 24;
    if (together) {
      if (text.length < total) {
        text = new byte[(int) total];
      }
      MemorySegment.copy(vector.data(), first, MemorySegment.ofArray(text), 0, total);
    }
    MemorySegment offsets = Objects.requireNonNull(vector.offsets());
    long at = vector.offsetsOffset() + 8L * (from + row);
    long start = first;
    for (int i = 0; i < n; i++) {
      long end = vector.dataOffset() + offsets.get(Layouts.LONG, at + 8L * (i + 1));
      int code;
      if (!rows.isPresent(row + i)) {
        code = empty();
      } else if (end - start > Integer.MAX_VALUE) {
        code = -1;
      } else if (together) {
        code = entries.codeOf(text, (int) (start - first), (int) (end - start));
      } else {
        code = entries.codeOf(vector.data(), start, (int) (end - start));
      }
      if (code < 0) {
        return i;
      }
      chunk[i] = code;
      start = end;
    }
    return n;
  }

  private int empty() {
    return entries.codeOf(text, 0, 0);
  }

  /** Appends the first {@code n} codes of {@link #chunk}. */
  private void append(int n) {
    int width = Dictionary.codeWidthBytes(entries.size());
    if (width > codeWidthBytes) {
      widen(width);
    }
    pack(n);
  }

  private void pack(int n) {
    int done = 0;
    while (done < n) {
      int m = Math.min(n - done, codes.room() / codeWidthBytes);
      MemorySegment buffer = codes.buffer();
      long at = codes.position();
      switch (codeWidthBytes) {
        case 1 -> {
          for (int i = 0; i < m; i++) {
            buffer.set(JAVA_BYTE, at + i, (byte) chunk[done + i]);
          }
        }
        case 2 -> {
          for (int i = 0; i < m; i++) {
            buffer.set(Layouts.SHORT, at + 2L * i, (short) chunk[done + i]);
          }
        }
        default -> MemorySegment.copy(chunk, done, buffer, Layouts.INT, at, m);
      }
      codes.advance(m * codeWidthBytes);
      done += m;
    }
  }

  private void widen(int width) {
    AppendFile narrow = codes;
    int narrowWidth = codeWidthBytes;
    int[] waiting = chunk.clone();
    codes = maker.make(FileRole.CODES, width);
    codeWidthBytes = width;
    forEachChunk(narrow, narrowWidth, this::pack);
    narrow.discardUnlessCommitted();
    System.arraycopy(waiting, 0, chunk, 0, waiting.length);
  }

  /** Reads all codes of a file into {@link #chunk}, a chunk at a time. */
  private void forEachChunk(AppendFile file, int width, java.util.function.IntConsumer action) {
    long count = file.length() / width;
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK_ROWS * width).order(ByteOrder.LITTLE_ENDIAN);
    for (long row = 0; row < count; row += CHUNK_ROWS) {
      int n = (int) Math.min(CHUNK_ROWS, count - row);
      bytes.clear().limit(n * width);
      file.read(bytes, row * width);
      for (int i = 0; i < n; i++) {
        chunk[i] =
            switch (width) {
              case 1 -> bytes.get(i) & 0xff;
              case 2 -> bytes.getShort(2 * i) & 0xffff;
              default -> bytes.getInt(4 * i);
            };
      }
      action.accept(n);
    }
  }

  /**
   * Whether the dictionary is not worth it: judged at the end of the first block and whenever the
   * rows have doubled. Among the first rows a million texts hardly repeat either, so nearly all
   * have to be new there.
   */
  boolean shouldBePlain(long rowCount) {
    long most = rowCount < FEW_ROWS ? rowCount - rowCount / 40 : rowCount / 4 * 3;
    return Long.bitCount(rowCount) == 1 && entries.size() > most;
  }

  @Override
  public TextFiles next(Vector vector, int from, RowBits rows) {
    return toPlain();
  }

  /** Writes all rows so far as plain text; this is of no use afterwards. */
  TextFiles toPlain() {
    TextFiles plain = new TextFiles(maker.make(FileRole.OFFSETS, 0), maker.make(FileRole.BYTES, 0));
    MemorySegment all = MemorySegment.ofArray(entries.bytes());
    forEachChunk(
        codes,
        codeWidthBytes,
        n -> {
          for (int i = 0; i < n; i++) {
            int start = entries.start(chunk[i]);
            plain.append(all, start, entries.end(chunk[i]) - start);
          }
        });
    codes.discardUnlessCommitted();
    dictionaryOffsets.discardUnlessCommitted();
    dictionaryBytes.discardUnlessCommitted();
    return plain;
  }

  @Override
  public List<AppendFile> files() {
    MemorySegment all = MemorySegment.ofArray(entries.bytes());
    int from = writtenEntries == 0 ? 0 : entries.end(writtenEntries - 1);
    dictionaryBytes.append(all, from, entries.byteCount() - from);
    for (; writtenEntries < entries.size(); writtenEntries++) {
      dictionaryOffsets.appendLong(entries.end(writtenEntries));
    }
    return List.of(codes, dictionaryOffsets, dictionaryBytes);
  }

  @Override
  public Encoding encoding() {
    return Encoding.DICTIONARY;
  }

  int codeWidthBytes() {
    return codeWidthBytes;
  }

  int dictionarySize() {
    return entries.size();
  }
}
