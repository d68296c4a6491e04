package colonnade.engine.store.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/** Forges manifests: another text with a checksum that fits. */
public final class ManifestText {
  private ManifestText() {}

  /** Changes the text of a manifest's file, and its checksum with it. */
  public static void rewrite(Path manifest, UnaryOperator<String> change) throws IOException {
    String text = Files.readString(manifest);
    String changed = change.apply(text);
    if (changed.equals(text)) {
      throw new IllegalArgumentException("nothing to change in " + text);
    }
    Files.write(manifest, sealed(changed));
  }

  /** The text with the checksum that fits it; it has a line for one already. */
  public static byte[] sealed(String text) {
    return sealed(
        text.substring(0, text.lastIndexOf(ManifestWriter.CHECKSUM))
            .getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes, with a last line whose checksum fits them. */
  public static byte[] sealed(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    byte[] line =
        (ManifestWriter.CHECKSUM + Checksum.hex((int) crc.getValue()) + ManifestWriter.END)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(body, body.length + line.length);
    System.arraycopy(line, 0, all, body.length, line.length);
    return all;
  }
}
