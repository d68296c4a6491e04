package colonnade.engine.store.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    String body = text.substring(0, text.lastIndexOf(ManifestWriter.CHECKSUM));
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return (body
            + ManifestWriter.CHECKSUM
            + Checksum.hex((int) crc.getValue())
            + ManifestWriter.END)
        .getBytes(StandardCharsets.UTF_8);
  }
}
