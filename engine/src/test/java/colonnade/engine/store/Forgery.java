package colonnade.engine.store;

import colonnade.engine.store.format.Checksum;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.ManifestText;
import colonnade.engine.store.format.TableFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** Makes the checksums of a table's newest generation fit whatever its files now hold. */
final class Forgery {
  private static final Pattern FILE =
      Pattern.compile(
          "\"name\": \"([^\"]+)\", \"length\": ([0-9]{1,9}), \"digest\": \"[0-9a-f]*\","
              + " \"tail\": \"[0-9a-f]*\"");

  private Forgery() {}

  /** Rewrites the newest manifest and the checksums of all files that it names. */
  static void seal(Path table) throws IOException {
    seal(table, Files.readAllBytes(manifest(table)));
  }

  /** The manifest of the newest generation. */
  static Path manifest(Path table) {
    return table.resolve(FileName.manifest(TableStore.generations(table).getFirst()));
  }

  /** As {@link #seal(Path)}, from another manifest, whose text may be anything. */
  static void seal(Path table, byte[] manifest) throws IOException {
    String text = new String(manifest, StandardCharsets.ISO_8859_1);
    Matcher rows = Pattern.compile("\"rows\": ([0-9]{1,9})").matcher(text);
    long rowCount = rows.find() ? Long.parseLong(rows.group(1)) : 0;
    String sealed = FILE.matcher(text).replaceAll(found -> described(table, found, rowCount));
    int end = sealed.lastIndexOf("\"crc32c\": \"");
    byte[] body =
        (end < 0 ? sealed : sealed.substring(0, end)).getBytes(StandardCharsets.ISO_8859_1);
    Files.write(manifest(table), ManifestText.sealed(body));
  }

  private static String described(Path table, MatchResult found, long rowCount) {
    // Whoever changed the manifest may have written any name.
    if (!FileName.isColumnFile(found.group(1))) {
      return Matcher.quoteReplacement(found.group());
    }
    Path file = table.resolve(found.group(1));
    try {
      if (!Files.isRegularFile(file)) {
        return Matcher.quoteReplacement(found.group());
      }
      int length = Integer.parseInt(found.group(2));
      byte[] bytes = Files.readAllBytes(file);
      bytes = Arrays.copyOf(bytes, Math.min(length, bytes.length));
      boolean bits = file.toString().endsWith(".valid");
      long settled = bits ? rowCount / 8 : bytes.length;
      int pieces = (int) Math.min(settled, bytes.length) / TableFormat.PIECE_BYTES;
      ByteBuffer sums = ByteBuffer.allocate(4 * pieces).order(ByteOrder.LITTLE_ENDIAN);
      for (int p = 0; p < pieces; p++) {
        sums.putInt(checksum(bytes, p * TableFormat.PIECE_BYTES, TableFormat.PIECE_BYTES));
      }
      if (pieces > 0) {
        Files.write(table.resolve(found.group(1) + ".crc"), sums.array());
      }
      if (bits && (rowCount & 7) != 0 && bytes.length > 0) {
        bytes[bytes.length - 1] &= (byte) ((1 << (rowCount & 7)) - 1);
      }
      int from = pieces * TableFormat.PIECE_BYTES;
      return "\"name\": \""
          + found.group(1)
          + "\", \"length\": "
          + found.group(2)
          + ", \"digest\": \""
          + Checksum.hex(checksum(sums.array(), 0, sums.capacity()))
          + "\", \"tail\": \""
          + Checksum.hex(checksum(bytes, from, bytes.length - from))
          + "\"";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
