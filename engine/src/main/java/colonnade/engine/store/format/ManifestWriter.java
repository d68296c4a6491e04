package colonnade.engine.store.format;

import colonnade.DataType;
import colonnade.Retention;
import colonnade.engine.observe.Written;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Sortedness;
import colonnade.error.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Writes a manifest: one JSON object, one line per column and file so that people can read it and
 * compare two, and last a line of fixed length with the CRC32C of all bytes before that line.
 */
public final class ManifestWriter {
  /** How the last line begins; eight hexadecimal digits and {@link #END} follow. */
  static final String CHECKSUM = "\"crc32c\": \"";

  /** How the last line ends. */
  static final String END = "\"}\n";

  private final StringBuilder out = new StringBuilder();

  private ManifestWriter() {}

  /**
   * The bytes of a manifest.
   *
   * @throws StorageException if there are more than {@link TableFormat#MAX_MANIFEST_BYTES}
   */
  public static byte[] write(Manifest manifest) {
    ManifestWriter writer = new ManifestWriter();
    writer.manifest(manifest);
    CRC32C crc = new CRC32C();
    crc.update(writer.out.toString().getBytes(StandardCharsets.UTF_8));
    writer.out.append(CHECKSUM).append(Checksum.hex((int) crc.getValue())).append(END);
    byte[] bytes = writer.out.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > TableFormat.MAX_MANIFEST_BYTES) {
      throw new StorageException(
          "manifest of generation " + manifest.generation(),
          String.format(
              Locale.ROOT,
              "the manifest of a table with %,d columns would take %,d bytes; the most is %,d",
              manifest.columns().size(),
              bytes.length,
              TableFormat.MAX_MANIFEST_BYTES),
          "Use fewer columns or shorter names.");
    }
    return bytes;
  }

  private void manifest(Manifest manifest) {
    out.append("{\"format\": \"").append(TableFormat.NAME).append("\", \"version\": ");
    out.append(manifest.version()).append(",\n\"generation\": ").append(manifest.generation());
    out.append(", \"parent\": ").append(manifest.parent());
    out.append(", \"rows\": ").append(manifest.rowCount());
    out.append(", \"created\": ");
    JsonText.quote(out, manifest.created().toString());
    out.append(", \"nextColumnId\": ").append(manifest.nextColumnId()).append(",\n");
    if (!manifest.operation().isEmpty()) {
      out.append("\"operation\": ");
      JsonText.quote(out, manifest.operation());
      out.append(",\n");
    }
    manifest.written().ifPresent(this::written);
    manifest.home().ifPresent(this::home);
    retention(manifest.retention());
    out.append("\"columns\": [");
    String separator = "\n";
    for (ManifestColumn column : manifest.columns()) {
      out.append(separator);
      column(column);
      separator = ",\n";
    }
    out.append("],\n");
  }

  private void retention(Retention retention) {
    if (!retention.equals(Retention.DEFAULT)) {
      out.append("\"retention\": {\"generations\": ").append(retention.generations());
      if (retention.extraBytes().isPresent()) {
        out.append(", \"bytes\": ").append(retention.extraBytes().getAsLong());
      }
      out.append("},\n");
    }
  }

  private void written(Written written) {
    out.append("\"written\": {\"logicalBytes\": ").append(written.logicalBytes());
    out.append(", \"bytes\": ").append(written.writtenBytes());
    out.append(", \"pages\": ").append(written.pages()).append("},\n");
  }

  private void home(Home home) {
    out.append("\"home\": {\"inode\": ").append(home.inode());
    home.bornNanos().ifPresent(born -> out.append(", \"born\": ").append(born));
    out.append("},\n");
  }

  private void column(ManifestColumn column) {
    DataType type = column.field().type();
    out.append("{\"id\": ").append(column.id()).append(", \"name\": ");
    JsonText.quote(out, column.field().name());
    out.append(", \"type\": \"").append(type.label());
    out.append("\", \"encoding\": \"").append(column.encoding().label()).append('"');
    if (column.encoding() == Encoding.DICTIONARY) {
      out.append(", \"codeWidth\": ").append(column.codeWidthBytes());
      out.append(", \"dictionarySize\": ").append(column.dictionarySize());
    }
    NumberCode numbers = column.numberCode();
    if (numbers != null) {
      out.append(", \"codeWidth\": ").append(column.codeWidthBytes());
      out.append(", \"base\": ").append(numbers.base());
      if (column.encoding() == Encoding.SCALED) {
        out.append(", \"decimals\": ").append(numbers.decimals());
      }
    }
    if (column.encoding() == Encoding.CONSTANT) {
      out.append(", \"bits\": \"");
      out.append(HexFormat.of().toHexDigits(column.constantBits(), 2 * type.widthBytes()));
      out.append('"');
    }
    out.append(", \"sorted\": \"").append(column.statistics().sorted().label());
    out.append("\",\n \"statistics\": ");
    statistics(column.statistics());
    out.append("},\n \"tailStatistics\": ");
    statistics(column.tailStatistics());
    if (column.tailStatistics().sorted() != Sortedness.UNKNOWN) {
      out.append(", \"sorted\": \"").append(column.tailStatistics().sorted().label()).append('"');
    }
    out.append('}');
    out.append(",\n \"files\": [");
    String separator = "\n";
    for (ManifestFile file : column.files()) {
      out.append(separator).append("  {\"name\": \"").append(file.name());
      out.append("\", \"length\": ").append(file.lengthBytes());
      out.append(", \"digest\": \"").append(Checksum.hex(file.digest()));
      out.append("\", \"tail\": \"").append(Checksum.hex(file.tailChecksum())).append("\"}");
      separator = ",\n";
    }
    out.append(']');
    attributes(column.attributes());
    out.append('}');
  }

  private void attributes(Map<String, String> attributes) {
    if (attributes.isEmpty()) {
      return;
    }
    out.append(",\n \"attributes\": {");
    String separator = "";
    for (var entry : new TreeMap<>(attributes).entrySet()) {
      out.append(separator);
      JsonText.quote(out, entry.getKey());
      out.append(": ");
      JsonText.quote(out, entry.getValue());
      separator = ", ";
    }
    out.append('}');
  }

  /** All members of {@code statistics} but the order, and no closing brace. */
  private void statistics(ColumnStatistics statistics) {
    out.append("{\"rows\": ").append(statistics.rowCount());
    out.append(", \"nulls\": ").append(statistics.nullCount());
    out.append(", \"nans\": ").append(statistics.nanCount());
    if (statistics.hasLongRange()) {
      out.append(", \"min\": ").append(statistics.minLong());
      out.append(", \"max\": ").append(statistics.maxLong());
    } else if (statistics.hasDoubleRange()) {
      out.append(", \"min\": ");
      JsonText.real(out, statistics.minDouble());
      out.append(", \"max\": ");
      JsonText.real(out, statistics.maxDouble());
    }
  }
}
