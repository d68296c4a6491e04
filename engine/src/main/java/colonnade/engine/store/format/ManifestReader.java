package colonnade.engine.store.format;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Retention;
import colonnade.engine.observe.Written;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Sortedness;
import colonnade.error.CorruptTableException;
import colonnade.error.UnsupportedFormatException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest and believes nothing: the checksum first, then the version, then every member
 * with its bounds, every file name against our own pattern, and every length against the rows. What
 * it returns needs only the comparison with the files on disk. Used once, by one thread.
 */
public final class ManifestReader {
  private static final int LAST_LINE_BYTES =
      ManifestWriter.CHECKSUM.length() + 8 + ManifestWriter.END.length();

  private final String place;

  private ManifestReader(String place) {
    this.place = place;
  }

  /**
   * The manifest in {@code bytes}.
   *
   * @param place how messages call it: the path of its file
   * @param generation the generation in its file's name
   * @throws CorruptTableException if it is cut short, damaged, contradictory or names a file that
   *     it may not name
   * @throws UnsupportedFormatException if a later version of the format wrote it
   */
  public static Manifest read(String place, long generation, byte[] bytes) {
    ManifestReader reader = new ManifestReader(place);
    try {
      reader.checkChecksum(bytes);
      Manifest manifest = reader.manifest(JsonMembers.of("it", JsonReader.read(bytes)));
      if (manifest.generation() != generation) {
        throw new JsonException(
            "its name says generation " + generation + ", its text " + manifest.generation());
      }
      return manifest;
    } catch (JsonException e) {
      throw new CorruptTableException(
          place,
          place + " is damaged: " + e.getMessage(),
          "Restore it, or run `colonnade repair` to go back to the generation before it.",
          e);
    }
  }

  private void checkChecksum(byte[] bytes) throws JsonException {
    int start = bytes.length - LAST_LINE_BYTES;
    String last =
        start < 0 ? "" : new String(bytes, start, LAST_LINE_BYTES, StandardCharsets.ISO_8859_1);
    if (!last.startsWith(ManifestWriter.CHECKSUM) || !last.endsWith(ManifestWriter.END)) {
      throw new JsonException(
          String.format(
              Locale.ROOT,
              "its last line is not the one with its checksum; it is cut short at %,d bytes",
              bytes.length));
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, start);
    String stated =
        last.substring(ManifestWriter.CHECKSUM.length(), ManifestWriter.CHECKSUM.length() + 8);
    String actual = Checksum.hex((int) crc.getValue());
    if (!actual.equals(stated)) {
      throw new JsonException("its checksum is " + actual + ", but it says " + stated);
    }
  }

  private Manifest manifest(JsonMembers in) throws JsonException {
    String format = in.text("format");
    if (!format.equals(TableFormat.NAME)) {
      throw new JsonException("its format is '" + format + "', not '" + TableFormat.NAME + "'");
    }
    long version = in.integer("version", 1, Integer.MAX_VALUE);
    if (version > TableFormat.PATCH_VERSION) {
      throw unsupported(
          "format version " + version + "; this version reads up to " + TableFormat.PATCH_VERSION);
    }
    in.text("crc32c");
    long generation = in.integer("generation", 1, 999_999_999_999L);
    long parent = in.integer("parent", 0, generation - 1);
    long rowCount = in.integer("rows", 0, TableFormat.MAX_ROWS);
    Instant created;
    try {
      created = PointInTime.parse(in.text("created"));
    } catch (DateTimeException e) {
      throw new JsonException("'created' is no point in time");
    }
    int nextColumnId = (int) in.integer("nextColumnId", 0, 1_000_000_000);
    // Tables of earlier versions say not all of these.
    String operation = in.has("operation") ? operation(in) : "";
    Retention retention = in.has("retention") ? retention(in) : Retention.DEFAULT;
    Optional<Written> written =
        in.has("written") ? Optional.of(written(in.members("written"))) : Optional.empty();
    Optional<Home> home = in.has("home") ? Optional.of(home(in.members("home"))) : Optional.empty();
    List<Json> items = in.items("columns");
    if (items.size() > TableFormat.MAX_COLUMNS) {
      throw new JsonException("it has more than " + TableFormat.MAX_COLUMNS + " columns");
    }
    List<ManifestColumn> columns = new ArrayList<>(items.size());
    Set<Integer> ids = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Json item : items) {
      ManifestColumn column =
          column(JsonMembers.of("column " + columns.size(), item), generation, rowCount);
      if (column.id() >= nextColumnId || !ids.add(column.id())) {
        throw new JsonException("column id " + column.id() + " twice, or not below nextColumnId");
      }
      if (!names.add(column.field().name())) {
        throw new JsonException("the column name '" + column.field().name() + "' twice");
      }
      columns.add(column);
    }
    refuseUnknown(in);
    Manifest manifest =
        new Manifest(
            generation,
            parent,
            rowCount,
            created,
            nextColumnId,
            operation,
            retention,
            written,
            home,
            columns);
    if (version != manifest.version()) {
      throw new JsonException(
          "its version is "
              + version
              + "; with the files that it names it is "
              + manifest.version());
    }
    return manifest;
  }

  private Home home(JsonMembers in) throws JsonException {
    OptionalLong born =
        in.has("born")
            ? OptionalLong.of(in.integer("born", Long.MIN_VALUE, Long.MAX_VALUE))
            : OptionalLong.empty();
    Home home = new Home(in.integer("inode", Long.MIN_VALUE, Long.MAX_VALUE), born);
    refuseUnknown(in);
    return home;
  }

  private Written written(JsonMembers in) throws JsonException {
    long most = TableFormat.MAX_WRITTEN_BYTES;
    Written written =
        new Written(
            in.integer("logicalBytes", 0, most),
            in.integer("bytes", 0, most),
            in.integer("pages", 0, most));
    refuseUnknown(in);
    return written;
  }

  private static String operation(JsonMembers in) throws JsonException {
    String operation = in.text("operation");
    if (operation.length() > TableFormat.MAX_OPERATION_CHARS) {
      throw new JsonException(
          "its 'operation' has more than " + TableFormat.MAX_OPERATION_CHARS + " characters");
    }
    return operation;
  }

  private Retention retention(JsonMembers in) throws JsonException {
    JsonMembers members = in.members("retention");
    int generations = (int) members.integer("generations", 2, Retention.MAX_GENERATIONS);
    OptionalLong bytes =
        members.has("bytes")
            ? OptionalLong.of(members.integer("bytes", 0, Long.MAX_VALUE))
            : OptionalLong.empty();
    refuseUnknown(members);
    return new Retention(generations, bytes);
  }

  private ManifestColumn column(JsonMembers in, long generation, long rowCount)
      throws JsonException {
    int id = (int) in.integer("id", 0, 999_999_999);
    String name = in.text("name");
    DataType type = type(in.text("type"), name);
    Encoding encoding = encoding(in.text("encoding"), name);
    int codeWidth = 0;
    int dictionarySize = 0;
    if (encoding == Encoding.DICTIONARY) {
      if (!type.isVariable()) {
        throw unsupported("the encoding 'dictionary' for column '" + name + "' of type " + type);
      }
      codeWidth = (int) in.integer("codeWidth", 1, 4);
      dictionarySize = (int) in.integer("dictionarySize", 0, TableFormat.MAX_DICTIONARY_ENTRIES);
      if (codeWidth == 3 || codeWidth < Dictionary.codeWidthBytes(dictionarySize)) {
        throw new JsonException(
            "column '" + name + "' has too narrow a 'codeWidth' for its dictionary");
      }
      if (dictionarySize == 0 && rowCount > 0) {
        throw new JsonException("column '" + name + "' has rows, but its dictionary has no entry");
      }
    }
    NumberCode numbers = null;
    if (encoding.isNumberCode()) {
      codeWidth = (int) in.integer("codeWidth", 1, 4);
      numbers = numberCode(in, name, type, encoding, codeWidth);
    }
    long constantBits = encoding == Encoding.CONSTANT ? constantBits(in, name, type) : 0;
    if (encoding == Encoding.BITS && type != DataType.BOOL) {
      throw unsupported("the encoding 'bits' for column '" + name + "' of type " + type);
    }
    JsonMembers allMembers = in.members("statistics");
    ColumnStatistics all = sorted(in, statistics(allMembers, type, rowCount), name, type);
    refuseUnknown(allMembers);
    JsonMembers tailMembers = in.members("tailStatistics");
    ColumnStatistics tail = statistics(tailMembers, type, rowCount % TableFormat.BLOCK_ROWS);
    // Tables that were written before orders were known do not say.
    if (tailMembers.has("sorted")) {
      tail = sorted(tailMembers, tail, name, type);
    }
    refuseUnknown(tailMembers);
    List<ManifestFile> files = new ArrayList<>();
    EnumSet<FileRole> roles = EnumSet.noneOf(FileRole.class);
    for (Json item : in.items("files")) {
      JsonMembers members = JsonMembers.of("a file of column '" + name + "'", item);
      ManifestFile file = file(members, id, name, type, encoding, codeWidth, generation);
      long expected =
          ManifestColumn.expectedLength(file.role(), type, codeWidth, dictionarySize, rowCount);
      if (expected >= 0 && file.lengthBytes() != expected) {
        throw new JsonException(
            String.format(
                Locale.ROOT,
                "%s has a length of %,d, but its %,d rows take %,d",
                file.name(),
                file.lengthBytes(),
                rowCount,
                expected));
      }
      if (!roles.add(file.role())) {
        throw new JsonException("column '" + name + "' has two files for " + file.role());
      }
      files.add(file);
    }
    // A patch says itself which of its rows are null.
    int patchedRows =
        patchedRows(files, ManifestColumn.patchValueBytes(type, encoding, codeWidth), rowCount);
    for (FileRole role : FileRole.values()) {
      boolean needed =
          role.isRequired(type, encoding)
              || role == FileRole.VALIDITY && all.nullCount() > patchedRows
              || role == FileRole.STATISTICS && rowCount >= TableFormat.BLOCK_ROWS;
      if (needed && !roles.contains(role)) {
        throw new JsonException("column '" + name + "' has no file for " + role);
      }
    }
    Map<String, String> attributes = in.texts("attributes");
    refuseUnknown(in);
    return new ManifestColumn(
        id,
        new Field(name, type),
        encoding,
        codeWidth,
        dictionarySize,
        numbers,
        constantBits,
        all,
        tail,
        files,
        attributes);
  }

  private static int patchedRows(List<ManifestFile> files, int valueBytes, long rowCount)
      throws JsonException {
    for (ManifestFile file : files) {
      if (file.role() == FileRole.PATCH) {
        int entryBytes = Long.BYTES + valueBytes;
        long rows = file.lengthBytes() / entryBytes;
        long most = Math.min(rowCount, TableFormat.MAX_PATCH_ROWS);
        if (rows < 1 || rows > most || file.lengthBytes() % entryBytes != 0) {
          throw new JsonException(
              String.format(
                  Locale.ROOT,
                  "%s has a length of %,d, but is of 1 to %,d rows of %d bytes",
                  file.name(),
                  file.lengthBytes(),
                  most,
                  entryBytes));
        }
        return (int) rows;
      }
    }
    return 0;
  }

  private long constantBits(JsonMembers in, String name, DataType type) throws JsonException {
    if (type.isVariable()) {
      throw unsupported("the encoding 'constant' for column '" + name + "' of type " + type);
    }
    long bits = in.bits("bits", type.widthBytes());
    if (type == DataType.BOOL && bits > 1) {
      throw new JsonException("column '" + name + "' has a boolean that is neither 0 nor 1");
    }
    return bits;
  }

  private NumberCode numberCode(
      JsonMembers in, String name, DataType type, Encoding encoding, int codeWidth)
      throws JsonException {
    if (NumberCode.encodingOf(type) != encoding) {
      throw unsupported(
          "the encoding '" + encoding.label() + "' for column '" + name + "' of type " + type);
    }
    long base = in.integer("base", Long.MIN_VALUE, Long.MAX_VALUE);
    int decimals =
        encoding == Encoding.SCALED ? (int) in.integer("decimals", 0, NumberCode.MAX_DECIMALS) : 0;
    NumberCode numbers = new NumberCode(base, decimals);
    if (codeWidth == 3 || codeWidth > NumberCode.widestCodeBytes(type)) {
      throw new JsonException(
          "column '" + name + "' has a 'codeWidth' of " + codeWidth + " for type " + type);
    }
    if (!numbers.suits(type, codeWidth)) {
      throw new JsonException(
          "column '" + name + "' has a 'base' with which its codes pass the bounds of " + type);
    }
    return numbers;
  }

  private ManifestFile file(
      JsonMembers in,
      int id,
      String column,
      DataType type,
      Encoding encoding,
      int codeWidth,
      long generation)
      throws JsonException {
    String name = in.text("name");
    FileName parts =
        FileName.parse(name)
            .orElseThrow(() ->
                new JsonException(
                    "column '"
                        + column
                        + "' names the file '"
                        + name
                        + "', which is no name that a table writes"));
    FileRole role = FileRole.of(parts.extension(), type, encoding, codeWidth);
    if (parts.columnId() != id || parts.generation() > generation || role == null) {
      throw new JsonException(
          "column '" + column + "' names the file '" + name + "', which is not its own");
    }
    long longest =
        switch (role) {
          case DICTIONARY_BYTES -> TableFormat.MAX_DICTIONARY_BYTES;
          case PARAMETERS -> TableFormat.MAX_PARAMETERS_BYTES;
          default -> Long.MAX_VALUE;
        };
    long length = in.integer("length", 0, longest);
    ManifestFile file =
        new ManifestFile(role, name, length, in.checksum("digest"), in.checksum("tail"));
    refuseUnknown(in);
    return file;
  }

  private ColumnStatistics statistics(JsonMembers in, DataType type, long rowCount)
      throws JsonException {
    ColumnStatistics none = ColumnStatistics.EMPTY;
    long rows = in.integer("rows", rowCount, rowCount);
    long nulls = in.integer("nulls", 0, rows);
    long nans = in.integer("nans", 0, type.isFloating() ? rows - nulls : 0);
    ColumnStatistics result =
        new ColumnStatistics(
            rows, nulls, nans, none.minLong(), none.maxLong(), none.minDouble(), none.maxDouble());
    if (in.has("min") || in.has("max")) {
      if (type.isFloating()) {
        double min = in.real("min");
        double max = in.real("max");
        if (min > max) {
          throw new JsonException("a minimum is above its maximum");
        }
        result = new ColumnStatistics(rows, nulls, nans, none.minLong(), none.maxLong(), min, max);
      } else if (!type.isIntegral()) {
        throw new JsonException("a column of " + type + " has a minimum");
      } else {
        // Groups are laid out by these bounds, so that none may lie where no value can.
        long min = in.integer("min", least(type), greatest(type));
        long max = in.integer("max", min, greatest(type));
        result =
            new ColumnStatistics(rows, nulls, nans, min, max, none.minDouble(), none.maxDouble());
      }
    }
    return result;
  }

  /** {@code rows} with what {@code in} says of their order. */
  private ColumnStatistics sorted(
      JsonMembers in, ColumnStatistics rows, String column, DataType type) throws JsonException {
    String label = in.text("sorted");
    for (Sortedness sorted : Sortedness.values()) {
      if (sorted.label().equals(label)) {
        if (sorted != Sortedness.UNKNOWN && (rows.nullCount() > 0 || type.isVariable())) {
          throw new JsonException(
              "column '" + column + "' is '" + label + "', but has nulls or the type " + type);
        }
        return rows.withSorted(sorted);
      }
    }
    throw unsupported("'sorted': '" + label + "' for column '" + column + "'");
  }

  private static long least(DataType type) {
    return switch (type) {
      case I8 -> Byte.MIN_VALUE;
      case I16 -> Short.MIN_VALUE;
      case I32, DATE -> Integer.MIN_VALUE;
      case U8, U16, U32, BOOL -> 0;
      default -> Long.MIN_VALUE;
    };
  }

  private static long greatest(DataType type) {
    return switch (type) {
      case I8 -> Byte.MAX_VALUE;
      case I16 -> Short.MAX_VALUE;
      case I32, DATE -> Integer.MAX_VALUE;
      // A boolean is a byte, and damaged ones are reported by their statistics.
      case U8, BOOL -> 0xff;
      case U16 -> 0xffff;
      case U32 -> 0xffff_ffffL;
      default -> Long.MAX_VALUE;
    };
  }

  private DataType type(String label, String column) {
    for (DataType type : DataType.values()) {
      if (type.label().equals(label)) {
        return type;
      }
    }
    throw unsupported("the type '" + label + "' for column '" + column + "'");
  }

  private Encoding encoding(String label, String column) {
    for (Encoding encoding : Encoding.values()) {
      if (encoding.label().equals(label)) {
        return encoding;
      }
    }
    throw unsupported("the encoding '" + label + "' for column '" + column + "'");
  }

  private void refuseUnknown(JsonMembers in) {
    @Nullable String unknown = in.unknown();
    if (unknown != null) {
      throw unsupported("'" + unknown + "', which this version does not know");
    }
  }

  private UnsupportedFormatException unsupported(String what) {
    return new UnsupportedFormatException(
        place,
        place + " has " + what,
        "A later version of Colonnade wrote it; read it with that one.");
  }
}
