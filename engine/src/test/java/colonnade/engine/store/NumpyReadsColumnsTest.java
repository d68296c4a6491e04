package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** numpy maps a plain column with one line, as the format promises. */
class NumpyReadsColumnsTest {
  private static final long SEED = Long.getLong("seed", 20_257);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "I8, i1",
    "I16, <i2",
    "I32, <i4",
    "I64, <i8",
    "U8, u1",
    "U16, <u2",
    "U32, <u4",
    "F32, <f4",
    "F64, <f8",
    "BOOL, ?",
    "DATE, <i4",
    "TIMESTAMP_MICROS, <M8[us]"
  })
  void mapsTheFileOfAPlainColumn(DataType type, String dtype) throws Exception {
    assumeTrue(python("import numpy").isEmpty(), "python3 with numpy is installed");
    List<@Nullable Object> rows = Vectors.random(type, 1000, false, new SplittableRandom(SEED));
    Tables.create(directory, type, rows, Tables.PLAIN);
    String values =
        python(
            "import numpy, sys\n"
                + "a = numpy.memmap(sys.argv[1], dtype=sys.argv[2], mode='r')\n"
                + "a = a.view({1: 'i1', 2: '<i2', 4: '<i4', 8: '<i8'}[a.itemsize])\n"
                + "print(' '.join(str(x) for x in a), end='')",
            Tables.file(directory, "." + type.label()).toString(),
            dtype);
    String expected =
        rows.stream()
            .map(row ->
                switch (row) {
                  case Float f -> Integer.toString(Float.floatToRawIntBits(f));
                  case Double d -> Long.toString(Double.doubleToRawLongBits(d));
                  case Long l ->
                      switch (type) {
                        case U8 -> Byte.toString(l.byteValue());
                        case U16 -> Short.toString(l.shortValue());
                        case U32 -> Integer.toString(l.intValue());
                        default -> Long.toString(l);
                      };
                  case null, default -> throw new AssertionError(row);
                })
            .collect(Collectors.joining(" "));
    assertThat(values).as("seed %d", SEED).isEqualTo(expected);
  }

  private static String python(String program, String... arguments)
      throws IOException, InterruptedException {
    try {
      var command = new java.util.ArrayList<>(List.of("python3", "-c", program));
      command.addAll(List.of(arguments));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      return "no python3";
    }
  }
}
