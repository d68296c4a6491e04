package colonnade.engine.store;

import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values in the encoding that a committed column has, as far as that holds them. A dictionary takes
 * new entries as long as its codes do not get wider. Not thread-safe.
 */
final class PatchValues {
  private final WriteSession session;
  private final ManifestColumn column;
  private final int valueBytes;
  private final @Nullable NumberCode numbers;
  private final long[] one = new long[1];

  /** The entries; null for columns without a dictionary. */
  private final @Nullable EntryTable entries;

  private long bits;

  PatchValues(WriteSession session, ManifestColumn column) {
    this.session = session;
    this.column = column;
    this.valueBytes = column.patchValueBytes();
    this.numbers = column.numberCode();
    EncodingChoice choice = session.options().encodingOf(column.field().name());
    this.entries =
        column.encoding() == Encoding.DICTIONARY ? EntryTable.of(session, column, choice) : null;
  }

  /**
   * Encodes row {@code i} of a vector of the column's type, plain or with a dictionary of its own;
   * then {@link #bits} has it.
   *
   * @return false if the encoding cannot hold the value
   */
  boolean encode(Vector vector, int i) {
    if (entries != null) {
      return encodeText(entries, vector.isNull(i) ? new byte[0] : vector.bytesAt(i));
    }
    if (vector.isNull(i)) {
      bits = 0;
      return true;
    }
    int width = vector.type().widthBytes();
    bits = FixedBits.get(vector.data(), vector.dataOffset() + (long) i * width, width);
    if (column.encoding() == Encoding.BITS) {
      bits = bits != 0 ? 1 : 0;
    }
    return numbers == null || encodeNumber(numbers, vector, i);
  }

  private boolean encodeText(EntryTable table, byte[] text) {
    int before = table.size();
    int code = table.codeOf(text, 0, text.length);
    if (code == before && before == column.dictionarySize() && !session.mayGrow(column)) {
      return false;
    }
    bits = code;
    return code >= 0 && Dictionary.codeWidthBytes(table.size()) <= column.codeWidthBytes();
  }

  private boolean encodeNumber(NumberCode code, Vector vector, int i) {
    if (column.encoding() == Encoding.SCALED) {
      one[0] = bits;
      if (!DecimalScale.toNumbers(one, 1, code.decimals())) {
        return false;
      }
    } else {
      one[0] = vector.longAt(i);
    }
    bits = one[0] - code.base();
    return one[0] >= code.base()
        && Long.compareUnsigned(bits, NumberCode.greatestCode(valueBytes)) <= 0;
  }

  /** The value or code that was encoded last, as the lowest bits. */
  long bits() {
    return bits;
  }

  /** What row {@code i} of a vector holds, which has this column's own encoding. */
  long bitsOf(Vector stored, int i) {
    return column.encoding() == Encoding.BITS
        ? stored.longAt(i)
        : FixedBits.get(stored.data(), stored.dataOffset() + (long) i * valueBytes, valueBytes);
  }

  /** The entries of the dictionary, those that are new too; 0 for columns without one. */
  int dictionarySize() {
    return entries == null ? 0 : entries.size();
  }

  /** Whether the dictionary has entries that are not committed. */
  boolean hasNewEntries() {
    return entries != null && entries.size() > column.dictionarySize();
  }

  /** The files of the dictionary with the new entries, which are in their buffers. */
  List<AppendFile> grownDictionary() {
    EntryTable table = Objects.requireNonNull(entries);
    AppendFile offsets = resume(FileRole.DICTIONARY_OFFSETS);
    AppendFile bytes = resume(FileRole.DICTIONARY_BYTES);
    int from = column.dictionarySize() == 0 ? 0 : table.end(column.dictionarySize() - 1);
    bytes.append(MemorySegment.ofArray(table.bytes()), from, table.byteCount() - from);
    for (int code = column.dictionarySize(); code < table.size(); code++) {
      offsets.appendLong(table.end(code));
    }
    return List.of(offsets, bytes);
  }

  private AppendFile resume(FileRole role) {
    ManifestFile file = Objects.requireNonNull(column.file(role));
    return AppendFile.resume(session, column, file, file.lengthBytes());
  }
}
