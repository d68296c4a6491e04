package colonnade.engine.exec.agg;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.Cells;
import colonnade.engine.store.ByteRuns;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * Several keys of a row as one run of bytes, equal exactly when all keys are: a cell of each key's
 * width, or the length of a text; a bit for each key that is null, which is else 0; the texts; and
 * zeros up to a multiple of 8 bytes. Floating point is a double, all NaN one value and so both
 * zeros. Used by one thread.
 */
final class KeyEncoding {
  private static final int FIRST_BYTES = 1 << 16;

  private final List<DataType> types;
  private final QueryMemory.Region region;
  private final int[] places;
  private final int nullBits;
  private final int headBytes;
  private MemorySegment scratch = MemorySegment.NULL;
  private long[] cells = new long[0];
  private long[] ends = new long[0];

  KeyEncoding(List<DataType> types, QueryMemory.Region region) {
    this.types = types;
    this.region = region;
    this.places = new int[types.size()];
    int bytes = 0;
    for (int k = 0; k < places.length; k++) {
      places[k] = bytes;
      bytes += widthBytes(types.get(k));
    }
    this.nullBits = bytes;
    this.headBytes = bytes + (places.length + 7) / 8;
  }

  private static int widthBytes(DataType type) {
    return type.isVariable() ? Integer.BYTES : type.isFloating() ? Long.BYTES : type.widthBytes();
  }

  /** Makes {@code runs} the keys of the kept rows, but for their hashes. */
  void encode(Batch batch, BatchRows rows, KeyRuns runs) {
    int count = rows.count;
    if (cells.length == 0) {
      cells = new long[Sizes.BATCH_ROWS];
      ends = new long[Sizes.BATCH_ROWS];
    }
    layOut(batch, rows, runs);
    MemorySegment out = scratch;
    for (int i = 0; i < count; i++) {
      out.set(JAVA_LONG_UNALIGNED, runs.starts[i] + runs.lengths[i] - Long.BYTES, 0);
      ends[i] = runs.starts[i] + headBytes;
    }
    for (int at = nullBits; at < headBytes; at++) {
      for (int i = 0; i < count; i++) {
        out.set(JAVA_BYTE, runs.starts[i] + at, (byte) 0);
      }
    }
    for (int k = 0; k < places.length; k++) {
      Vector key = batch.cells(k);
      if (types.get(k).isVariable()) {
        writeTexts(key, rows, runs.starts, places[k]);
      } else {
        Cells.comparable(key, rows.rows, count, cells);
        clearNulls(key, rows);
        writeCells(types.get(k), runs.starts, places[k], count);
      }
      if (key.validity() != null) {
        markNulls(key, k, rows, runs.starts);
      }
    }
    runs.bytes = out;
  }

  /** Sets where each run starts and how long it is, and makes room for all. */
  private void layOut(Batch batch, BatchRows rows, KeyRuns runs) {
    int count = rows.count;
    long[] total = ends;
    Arrays.fill(total, 0, count, headBytes);
    for (int k = 0; k < places.length; k++) {
      if (types.get(k).isVariable()) {
        Vector key = batch.cells(k);
        for (int i = 0; i < count; i++) {
          total[i] += length(key, rows.rows == null ? i : rows.rows[i]);
        }
      }
    }
    long end = 0;
    for (int i = 0; i < count; i++) {
      runs.starts[i] = end;
      runs.lengths[i] = Math.toIntExact(total[i] + 7 & -8L);
      end += runs.lengths[i];
    }
    if (end > scratch.byteSize()) {
      scratch = region.allocate(Math.max(FIRST_BYTES, end + end / 2));
    }
  }

  private static int length(Vector key, int row) {
    if (key.isNull(row)) {
      return 0;
    }
    Dictionary entries = key.dictionary();
    return entries == null
        ? (int) (key.start(row + 1) - key.start(row))
        : entries.length(key.code(row));
  }

  private void writeTexts(Vector key, BatchRows rows, long[] starts, int place) {
    MemorySegment out = scratch;
    Dictionary entries = key.dictionary();
    MemorySegment texts = entries == null ? key.data() : entries.bytes();
    for (int i = 0; i < rows.count; i++) {
      int row = rows.rows == null ? i : rows.rows[i];
      int length = length(key, row);
      out.set(JAVA_INT_UNALIGNED, starts[i] + place, length);
      if (length > 0) {
        long start = entries == null ? key.start(row) : entries.start(key.code(row));
        ByteRuns.copy(texts, start, out, ends[i], length);
        ends[i] += length;
      }
    }
  }

  private void clearNulls(Vector key, BatchRows rows) {
    if (key.validity() != null) {
      for (int i = 0; i < rows.count; i++) {
        if (key.isNull(rows.rows == null ? i : rows.rows[i])) {
          cells[i] = 0;
        }
      }
    }
  }

  private void markNulls(Vector key, int k, BatchRows rows, long[] starts) {
    for (int i = 0; i < rows.count; i++) {
      if (key.isNull(rows.rows == null ? i : rows.rows[i])) {
        long at = starts[i] + nullBits + k / 8;
        scratch.set(JAVA_BYTE, at, (byte) (scratch.get(JAVA_BYTE, at) | 1 << k % 8));
      }
    }
  }

  private void writeCells(DataType type, long[] starts, int place, int count) {
    MemorySegment out = scratch;
    switch (widthBytes(type)) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          out.set(JAVA_BYTE, starts[i] + place, (byte) cells[i]);
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          out.set(JAVA_SHORT_UNALIGNED, starts[i] + place, (short) cells[i]);
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          out.set(JAVA_INT_UNALIGNED, starts[i] + place, (int) cells[i]);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          out.set(JAVA_LONG_UNALIGNED, starts[i] + place, cells[i]);
        }
      }
    }
  }

  /** Whether key {@code key} is null in the run from {@code start} on. */
  boolean isNull(int key, MemorySegment run, long start) {
    return (run.get(JAVA_BYTE, start + nullBits + key / 8) >>> key % 8 & 1) != 0;
  }

  /** Key {@code key} of fixed width in the run from {@code start} on, as a cell. */
  long cell(int key, MemorySegment run, long start) {
    long at = start + places[key];
    return switch (types.get(key)) {
      case BOOL, U8 -> run.get(JAVA_BYTE, at) & 0xffL;
      case I8 -> run.get(JAVA_BYTE, at);
      case U16 -> run.get(JAVA_SHORT_UNALIGNED, at) & 0xffffL;
      case I16 -> run.get(JAVA_SHORT_UNALIGNED, at);
      case U32 -> run.get(JAVA_INT_UNALIGNED, at) & 0xffff_ffffL;
      case I32, DATE -> run.get(JAVA_INT_UNALIGNED, at);
      case I64, TIMESTAMP_MICROS, F32, F64 -> run.get(JAVA_LONG_UNALIGNED, at);
      case UTF8, BINARY -> throw new IllegalStateException("a text has no cell");
    };
  }

  /** Length in bytes of text {@code key} in the run from {@code start} on. */
  int textLength(int key, MemorySegment run, long start) {
    return run.get(JAVA_INT_UNALIGNED, start + places[key]);
  }

  /** Offset in {@code run} of the first byte of that text. */
  long textStart(int key, MemorySegment run, long start) {
    long at = start + headBytes;
    for (int k = 0; k < key; k++) {
      at += types.get(k).isVariable() ? textLength(k, run, start) : 0;
    }
    return at;
  }
}
