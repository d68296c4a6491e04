package colonnade.engine.store.array;

import colonnade.FlushPolicy;
import colonnade.Mode;
import colonnade.engine.store.rig.RamDirectory;
import colonnade.hostile.Allowance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Array files that someone made to hurt: typed errors, quickly, in no space. */
class HostileNpyTest {
  @TempDir(factory = RamDirectory.class)
  Path directory;

  static Stream<Named<byte[]>> files() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    String type = "{'descr': '<f8', 'fortran_order': False, 'shape': ";
    all.put("nothing", new byte[0]);
    all.put("only its mark", new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'});
    all.put("a header of 4 GiB", npy(2, -1, ""));
    all.put("code", npy(1, -2, "__import__('os').system('id')"));
    all.put("parentheses without end", npy(1, -2, "(".repeat(9_000)));
    all.put("32 GiB in 80 bytes", npy(1, -2, type + "(4294967296,), }"));
    all.put("a size beyond 64 bits", npy(1, -2, type + "(99999999999999999999,), }"));
    all.put("a product beyond 64 bits", npy(1, -2, type + "(4294967296, 4294967296, 2), }"));
    all.put("a size below none", npy(1, -2, type + "(-1,), }"));
    all.put("nothing of more than 64 bits", npy(1, -2, type + "(0, 9223372036854775807, 9), }"));
    all.put("axes without end", npy(1, -2, type + "(" + "1,".repeat(4_000) + "), }"));
    all.put("objects", npy(1, -2, "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"));
    return all.entrySet().stream().map(e -> Named.of(e.getKey(), e.getValue()));
  }

  /** A file with this header; -2 states its true length. */
  private static byte[] npy(int version, int stated, String header) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    int length = stated == -2 ? text.length : stated;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    for (int i = 0; i < (version == 1 ? 2 : 4); i++) {
      out.write(length >>> 8 * i);
    }
    out.writeBytes(text);
    return out.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusesAFile(byte[] bytes) throws IOException {
    Path file = directory.resolve("hostile.npy");
    Files.write(file, bytes);
    Allowance.refuses(() ->
        ArrayOpener.open(NpyReader.read(file).layout(file), Mode.READ_ONLY, FlushPolicy.atClose())
            .close());
  }
}
