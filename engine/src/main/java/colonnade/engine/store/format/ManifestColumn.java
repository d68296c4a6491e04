package colonnade.engine.store.format;

import colonnade.DataType;
import colonnade.Field;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.NumberCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column as a manifest knows it. An immutable value.
 *
 * @param id never used again for another column of the table
 * @param field its name and type
 * @param encoding how values are laid out
 * @param codeWidthBytes bytes of a code; 0 for columns without codes
 * @param dictionarySize entries of the dictionary; 0 for columns without one
 * @param numberCode what codes stand for in narrow and scaled columns, else null
 * @param constantBits of a constant column, the bits of every row that is not null as the lowest
 *     ones of a long; else 0
 * @param statistics of all rows
 * @param tailStatistics of the rows after the last complete block
 * @param files the column's files, at most one for each role
 * @param attributes what a writer wants remembered beside the values: how they were scaled, for one
 */
public record ManifestColumn(
    int id,
    Field field,
    Encoding encoding,
    int codeWidthBytes,
    int dictionarySize,
    @Nullable NumberCode numberCode,
    long constantBits,
    ColumnStatistics statistics,
    ColumnStatistics tailStatistics,
    List<ManifestFile> files,
    Map<String, String> attributes) {
  public ManifestColumn {
    files = List.copyOf(files);
    attributes = Map.copyOf(attributes);
  }

  /** The rows of the column. */
  public long rowCount() {
    return statistics.rowCount();
  }

  /** The file of this role, or null. */
  public @Nullable ManifestFile file(FileRole role) {
    for (ManifestFile file : files) {
      if (file.role() == role) {
        return file;
      }
    }
    return null;
  }

  /**
   * The bytes that a patch has for each value of a column like this: those of a value or of a code,
   * one for a boolean. 0 where a patch is not possible: plain text and binary, constants.
   */
  public static int patchValueBytes(DataType type, Encoding encoding, int codeWidthBytes) {
    return switch (encoding) {
      case PLAIN -> type.isVariable() ? 0 : type.widthBytes();
      case DICTIONARY, NARROW, SCALED -> codeWidthBytes;
      case BITS -> 1;
      case CONSTANT -> 0;
    };
  }

  /** As {@link #patchValueBytes(DataType, Encoding, int)}, of this column. */
  public int patchValueBytes() {
    return patchValueBytes(field.type(), encoding, codeWidthBytes);
  }

  /** The rows that were changed after the column's other files were written. */
  public int patchedRows() {
    ManifestFile patch = file(FileRole.PATCH);
    return patch == null ? 0 : (int) (patch.lengthBytes() / (Long.BYTES + patchValueBytes()));
  }

  /** The same column under another name. */
  public ManifestColumn renamed(String name) {
    return new ManifestColumn(
        id,
        new Field(name, field.type()),
        encoding,
        codeWidthBytes,
        dictionarySize,
        numberCode,
        constantBits,
        statistics,
        tailStatistics,
        files,
        attributes);
  }

  /** The same column in other files. */
  public ManifestColumn withFiles(List<ManifestFile> others) {
    return new ManifestColumn(
        id,
        field,
        encoding,
        codeWidthBytes,
        dictionarySize,
        numberCode,
        constantBits,
        statistics,
        tailStatistics,
        others,
        attributes);
  }

  /**
   * The length that the file of this role must have, or -1 where every length is possible.
   *
   * @throws ArithmeticException if it does not fit a long
   */
  public static long expectedLength(
      FileRole role, DataType type, int codeWidthBytes, int dictionarySize, long rowCount) {
    return switch (role) {
      case VALUES -> Math.multiplyExact(rowCount, (long) type.widthBytes());
      case OFFSETS -> Math.multiplyExact(rowCount + 1, 8L);
      case CODES -> Math.multiplyExact(rowCount, (long) codeWidthBytes);
      case DICTIONARY_OFFSETS -> (dictionarySize + 1L) * 8;
      case VALIDITY, BITS -> (rowCount + 7) / 8;
      case STATISTICS -> rowCount / TableFormat.BLOCK_ROWS * TableFormat.STATISTICS_BYTES;
      case BYTES, DICTIONARY_BYTES, PARAMETERS, INDEX, PATCH -> -1;
    };
  }

  /** The number of complete pieces of a file: those that have a checksum in its table. */
  public long pieceCount(ManifestFile file) {
    long settledBytes = file.role().isBits() ? rowCount() / 8 : file.lengthBytes();
    return settledBytes / TableFormat.PIECE_BYTES;
  }
}
