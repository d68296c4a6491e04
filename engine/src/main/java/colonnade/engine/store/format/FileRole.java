package colonnade.engine.store.format;

import colonnade.DataType;
import colonnade.engine.store.Encoding;
import org.jspecify.annotations.Nullable;

/** What a file of a column holds. A column has at most one file of each role. */
public enum FileRole {
  /** Fixed-width values, nothing else. */
  VALUES,
  /** Booleans as one bit per row, least significant first. */
  BITS,
  /**
   * 64-bit offsets into the bytes of plain text or binary: one more than there are rows, the first
   * 0.
   */
  OFFSETS,
  /** The bytes of plain text or binary. */
  BYTES,
  /** Unsigned codes: of a dictionary, or of numbers. */
  CODES,
  /** 64-bit offsets into the dictionary's bytes: one more than there are entries, the first 0. */
  DICTIONARY_OFFSETS,
  /** The bytes of the dictionary's entries. */
  DICTIONARY_BYTES,
  /** One bit per row, least significant first, set where the row is present. */
  VALIDITY,
  /** One record per complete block. */
  STATISTICS,
  /** What the column's attributes refer to and is too long for them; what it means they say. */
  PARAMETERS,
  /** The hash table of a keyed table's keys; the key column's attributes say of which rows. */
  INDEX,
  /** Rows that were changed after the column's other files were written, and their values. */
  PATCH;

  /** The end of the name of the file that holds the checksums of the file it is appended to. */
  public static final String CHECKSUMS = ".crc";

  /** The ending of a file of this role, without the dot. */
  public String extension(DataType type, int codeWidthBytes) {
    return switch (this) {
      case VALUES, BYTES -> type.label();
      case BITS -> "bits";
      case OFFSETS -> "off";
      case CODES -> codes(type) + 8 * codeWidthBytes;
      case DICTIONARY_OFFSETS -> "dict.off";
      case DICTIONARY_BYTES -> "dict." + type.label();
      case VALIDITY -> "valid";
      case STATISTICS -> "stat";
      case PARAMETERS -> "param";
      case INDEX -> "index";
      case PATCH -> "patch";
    };
  }

  private static String codes(DataType type) {
    return type.isVariable() ? "code" : type.isFloating() ? "scaled" : "narrow";
  }

  /**
   * Whether rows are bits, so that the last byte may be written again: its free bits count as zero.
   */
  public boolean isBits() {
    return this == BITS || this == VALIDITY;
  }

  /** Whether a column of this type and encoding must have a file of this role. */
  public boolean isRequired(DataType type, Encoding encoding) {
    boolean plain = encoding == Encoding.PLAIN;
    return switch (this) {
      case VALUES -> !type.isVariable() && plain;
      case OFFSETS, BYTES -> type.isVariable() && plain;
      case BITS -> encoding == Encoding.BITS;
      case CODES -> encoding == Encoding.DICTIONARY || encoding.isNumberCode();
      case DICTIONARY_OFFSETS, DICTIONARY_BYTES -> encoding == Encoding.DICTIONARY;
      case VALIDITY, STATISTICS, PARAMETERS, INDEX, PATCH -> false;
    };
  }

  /** The role of a file with this ending in a column of this kind, or null. */
  public static @Nullable FileRole of(
      String extension, DataType type, Encoding encoding, int codeWidthBytes) {
    for (FileRole role : values()) {
      boolean possible =
          role == VALIDITY
              || role == STATISTICS
              || role == PARAMETERS
              || role == INDEX
              || role == PATCH && ManifestColumn.patchValueBytes(type, encoding, codeWidthBytes) > 0
              || role.isRequired(type, encoding);
      if (possible && role.extension(type, codeWidthBytes).equals(extension)) {
        return role;
      }
    }
    return null;
  }
}
