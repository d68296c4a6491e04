package colonnade.engine.store.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.error.ColonnadeException;
import colonnade.error.MalformedInputException;
import colonnade.error.UnsupportedFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of {@code .npy} files, good and hostile. {@code -Dseed=} repeats the random ones. */
class NpyReaderTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);
  private static final String GOOD = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        GOOD,
        GOOD + "                \n",
        "{\"descr\":\"<f8\",\"fortran_order\":False,\"shape\":(3,4)}",
        "{'shape': (3, 4,), 'fortran_order': False, 'descr': '<f8'}\n",
        "  { 'descr' : '<f8' , 'fortran_order' : False , 'shape' : ( 3 , 4 ) , } "
      })
  void readsWhatNumpyMayWrite(String text) throws IOException {
    for (int version = 1; version <= 3; version++) {
      NpyHeader header = NpyReader.read(write(version, text));
      assertThat(header.type()).isEqualTo(DataType.F64);
      assertThat(header.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
      assertThat(header.isColumnMajor()).isFalse();
      assertThat(header.shape()).containsExactly(3, 4);
      assertThat(header.dataOffset()).isEqualTo((version == 1 ? 10 : 12) + text.length());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "|b1, BOOL, 1",
    "|i1, I8, 1",
    "|u1, U8, 1",
    "<i2, I16, 1",
    ">i2, I16, 0",
    "<u2, U16, 1",
    "<i4, I32, 1",
    ">u4, U32, 0",
    "<u4, U32, 1",
    "<i8, I64, 1",
    ">i8, I64, 0",
    "<f4, F32, 1",
    ">f4, F32, 0",
    "<f8, F64, 1",
    ">f8, F64, 0",
    "<M8[us], TIMESTAMP_MICROS, 1",
    ">M8[us], TIMESTAMP_MICROS, 0"
  })
  void knowsNumpysTypes(String descriptor, DataType type, int little) throws IOException {
    NpyHeader header = NpyReader.read(write(1, GOOD.replace("<f8", descriptor)));
    assertThat(header.type()).isEqualTo(type);
    assertThat(header.order())
        .isEqualTo(little == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|O", "O", "|O8", "<u8", "<f2", "<c16", "|S5", "<U5", "|V8", "<m8[us]", "<M8[D]", "<M8[ns]",
        "<M8", "=f8", "f8", "", "<", "|f8", "<f8 ", "<f08", "float64", "<f16", ">f", "<i3"
      })
  void refusesTypesItDoesNotMap(String descriptor) throws IOException {
    Path file = write(1, GOOD.replace("<f8", descriptor));
    assertThatThrownBy(() -> NpyReader.read(file))
        .isInstanceOfSatisfying(
            UnsupportedFormatException.class, e -> assertThat(e.remedy()).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{",
        "}",
        "[]",
        "None",
        "{'descr': '<f8', 'fortran_order': False}",
        "{'descr': '<f8', 'shape': (3, 4)}",
        "{'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), 'shape': (3, 4)}",
        "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), 'extra': 1}",
        "{'descr': '<f8', 'fortran_order': False, 'Shape': (3, 4)}",
        "{'descr': '<f8', 'fortran_order': 0, 'shape': (3, 4)}",
        "{'descr': '<f8', 'fortran_order': 'False', 'shape': (3, 4)}",
        "{'descr': '<f8', 'fortran_order': false, 'shape': (3, 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': [3, 4]}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': 12}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (12)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3,,4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-3, 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (+3, 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3.0, 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0x3, 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (03, 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1e3, 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': ((3, 4), 5)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775808,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999999999,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2305843009213693953,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 9223372036854775807,"
            + " 9223372036854775807)}",
        "{'descr': '<f8' 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4)",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4),,}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4)} x",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4)}{}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4)} # comment",
        "{'descr: '<f8', 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': '<f8\\x00', 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (__import__('os').getpid(),)}",
        "{**{'descr': '<f8'}, 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': b'<f8', 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': None, 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': '\u00e9', 'fortran_order': False, 'shape': (3, 4)}"
      })
  void refusesAnythingElseAsMalformed(String text) throws IOException {
    Path file = write(1, text);
    assertThatThrownBy(() -> NpyReader.read(file)).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void refusesStructuredTypes() throws IOException {
    Path file = write(1, GOOD.replace("'<f8'", "[('a', '<f8'), ('b', '<i4')]"));
    assertThatThrownBy(() -> NpyReader.read(file))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("structured");
  }

  @Test
  void refusesTooManyAxesAndDeepNesting() throws IOException {
    Path axes = write(1, GOOD.replace("3, 4", "1, ".repeat(40)));
    assertThatThrownBy(() -> NpyReader.read(axes)).isInstanceOf(MalformedInputException.class);
    Path nested = write(1, GOOD.replace("(3, 4)", "(".repeat(9000)));
    assertThatThrownBy(() -> NpyReader.read(nested)).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void refusesAHeaderCutAtEveryByte() throws IOException {
    byte[] whole = Files.readAllBytes(write(1, GOOD + " ".repeat(20) + "\n"));
    Path cut = folder.resolve("cut.npy");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> NpyReader.read(cut))
          .as("%s of %s bytes", length, whole.length)
          .isInstanceOf(MalformedInputException.class);
    }
  }

  @Test
  void refusesUnknownVersionsAndHeadersThatClaimTooMuch() throws IOException {
    for (int[] version : new int[][] {{0, 0}, {4, 0}, {1, 1}, {255, 255}}) {
      byte[] bytes = Files.readAllBytes(write(1, GOOD));
      bytes[6] = (byte) version[0];
      bytes[7] = (byte) version[1];
      Path file = Files.write(folder.resolve("version.npy"), bytes);
      assertThatThrownBy(() -> NpyReader.read(file)).isInstanceOf(UnsupportedFormatException.class);
    }
    byte[] claims = Files.readAllBytes(write(2, GOOD));
    Arrays.fill(claims, 8, 12, (byte) 0xff);
    Path file = Files.write(folder.resolve("claims.npy"), claims);
    assertThatThrownBy(() -> NpyReader.read(file))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("4294967295");
    Path raw = Files.write(folder.resolve("raw.npy"), new byte[100]);
    assertThatThrownBy(() -> NpyReader.read(raw)).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void anyDamageIsATypedErrorOrStillAHeader() throws IOException {
    Random random = new Random(SEED);
    byte[] good = Files.readAllBytes(write(1, GOOD));
    Path file = folder.resolve("damaged.npy");
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = good.clone();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt()
                : (byte) "{}()',:0123456789 <>|".charAt(random.nextInt(20));
      }
      Files.write(file, damaged);
      try {
        NpyHeader header = NpyReader.read(file);
        assertThat(header.dataOffset()).isLessThanOrEqualTo(damaged.length);
      } catch (ColonnadeException e) {
        assertThat(e)
            .as("seed %s round %s", SEED, round)
            .isInstanceOfAny(MalformedInputException.class, UnsupportedFormatException.class);
      }
    }
  }

  @Test
  void readsTheHeadersItWrites() throws IOException {
    for (DataType type : DataType.values()) {
      if (type.isVariable() || type == DataType.DATE) {
        continue;
      }
      for (long[] shape : new long[][] {{}, {0}, {5}, {3, 4}, {1L << 40, 7, 9}, new long[32]}) {
        NpyHeader header = NpyHeader.of(type, ByteOrder.BIG_ENDIAN, "a", shape);
        byte[] bytes = header.toBytes();
        assertThat(bytes.length % 64).isZero();
        NpyHeader read = NpyReader.read(Files.write(folder.resolve("a.npy"), bytes));
        assertThat(read.type()).isEqualTo(type);
        assertThat(read.shape()).isEqualTo(shape);
        assertThat(read.dataOffset()).isEqualTo(bytes.length);
        assertThat(read.order())
            .isEqualTo(type.widthBytes() == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      }
    }
  }

  private Path write(int version, String header) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    bytes.write(text.length);
    bytes.write(text.length >> 8);
    if (version > 1) {
      bytes.write(0);
      bytes.write(0);
    }
    bytes.writeBytes(text);
    return Files.write(folder.resolve("header-" + version + ".npy"), bytes.toByteArray());
  }
}
