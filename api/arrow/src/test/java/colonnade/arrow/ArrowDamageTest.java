package colonnade.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.Arrow;
import colonnade.Table;
import colonnade.error.ColonnadeException;
import colonnade.error.MalformedInputException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are cut short, changed or none of Arrow's end in errors that say so. */
class ArrowDamageTest {
  @TempDir Path folder;

  @Test
  void saysThatAFileIsNoArrowFile() throws IOException {
    Path file = folder.resolve("a.arrow");
    for (String content : new String[] {"", "A", "ARROW1", "id,name\n1,one\n", "ARROW1\0\0 and"}) {
      Files.writeString(file, content);
      assertThatThrownBy(() -> MappedIpc.map(file))
          .as(content)
          .isInstanceOf(MalformedInputException.class)
          .hasMessageContaining(file.toString());
      assertThatThrownBy(() -> CopiedIpc.of(file))
          .as(content)
          .isInstanceOf(MalformedInputException.class);
    }
    assertThatThrownBy(() -> MappedIpc.map(folder)).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> MappedIpc.map(folder.resolve("none")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("there is no file");
  }

  @Test
  void refusesAFileThatWasCutShortWhileItWasRead() throws IOException {
    Path file = written();
    CopiedIpc source = CopiedIpc.of(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> Rows.of(source))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("has changed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.0.0-littleendian/generated_dictionary.stream",
        "1.0.0-littleendian/generated_primitive_large_offsets.arrow_file",
        "1.0.0-littleendian/generated_datetime.arrow_file",
        "2.0.0-compression/generated_zstd.arrow_file",
        "2.0.0-compression/generated_lz4.stream"
      })
  void endsDamageInATypedError(String name) throws IOException {
    long seed = Long.getLong("seed", 20_261_121L);
    var random = new SplittableRandom(seed);
    byte[] whole =
        Files.readAllBytes(
            name.isEmpty() ? written() : InteropFiles.shared("interop/arrow/" + name));
    Path file = folder.resolve("damaged.arrow");
    int refused = 0;
    for (int round = 0; round < 500; round++) {
      byte[] bytes = whole.clone();
      if (round % 4 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      // A new file each time: what is mapped must not be cut short.
      Files.deleteIfExists(file);
      Files.write(file, bytes);
      try {
        if (name.startsWith("2.0.0")) {
          Rows.of(CopiedIpc.of(file));
        } else {
          Rows.of(MappedIpc.map(file));
        }
      } catch (ColonnadeException e) {
        refused++;
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ", round " + round + ", " + name, e);
      }
    }
    assertThat(refused).as("of 500; seed %d", seed).isGreaterThan(100);
  }

  private Path written() {
    Path file = folder.resolve("whole.arrow");
    int rows = 300;
    String[] texts = new String[rows];
    String[] codes = new String[rows];
    double[] numbers = new double[rows];
    for (int i = 0; i < rows; i++) {
      texts[i] = i % 5 == 0 ? null : "text " + i;
      codes[i] = "code " + i % 3;
      numbers[i] = i;
    }
    try (Table table = Table.of("text", texts, "code", codes, "number", numbers);
        Table stored = table.writeTo(folder.resolve("table-" + System.nanoTime()))) {
      Arrow.write(stored, file);
    }
    return file;
  }
}
