package colonnade.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.exec.Source;
import colonnade.error.ColonnadeException;
import colonnade.error.MalformedInputException;
import colonnade.error.UnsupportedFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrow's public test files, each as file and stream, mapped and copied, against their JSON. */
class ArrowInteropTest {
  private static final List<String> PLAIN =
      List.of(
          "custom_metadata",
          "datetime",
          "decimal",
          "decimal256",
          "dictionary",
          "dictionary_unsigned",
          "extension",
          "interval",
          "map",
          "map_non_canonical",
          "nested",
          "nested_dictionary",
          "nested_large_offsets",
          "null",
          "null_trivial",
          "primitive",
          "primitive_large_offsets",
          "primitive_no_batches",
          "primitive_zerolength",
          "recursive_nested");

  static Stream<String> files() {
    return Stream.concat(
            PLAIN.stream().map(name -> "1.0.0-littleendian/generated_" + name),
            Stream.of("4.0.0-shareddict/generated_shared_dict"))
        .flatMap(name -> Stream.of(name + ".arrow_file", name + ".stream"));
  }

  static Stream<String> compressedFiles() {
    return Stream.of("lz4", "uncompressible_lz4", "uncompressible_zstd", "zstd")
        .map(name -> "2.0.0-compression/generated_" + name)
        .flatMap(name -> Stream.of(name + ".arrow_file", name + ".stream"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void mapsWhatTheJsonSays(String name) throws IOException {
    Path file = InteropFiles.shared("interop/arrow/" + name);
    check(MappedIpc.map(file), golden(name));
  }

  @ParameterizedTest
  @MethodSource({"files", "compressedFiles"})
  void readsWhatTheJsonSays(String name) throws IOException {
    Path file = InteropFiles.shared("interop/arrow/" + name);
    check(CopiedIpc.of(file), golden(name));
  }

  private static Golden golden(String name) throws IOException {
    return new Golden(
        InteropFiles.shared(
            "interop/arrow/" + name.replaceAll("\\.(arrow_file|stream)$", ".json.gz")));
  }

  private static void check(Source source, Golden golden) {
    assertThat(source.schema().size()).isEqualTo(golden.columnCount());
    for (int c = 0; c < golden.columnCount(); c++) {
      int column = c;
      String what = source.schema().name(c) + ": " + golden.typeOf(c);
      if (!golden.isReadable(c)) {
        if (source.rowCount().getAsLong() > 0) {
          assertThatThrownBy(() -> Rows.of(source, column))
              .as(what)
              .isInstanceOf(UnsupportedFormatException.class)
              .hasMessageContaining("column '" + source.schema().name(column) + "'")
              .hasMessageContaining("is of type");
        }
      } else if (golden.overflows(c)) {
        assertThatThrownBy(() -> Rows.of(source, column))
            .as(what)
            .isInstanceOf(ColonnadeException.class)
            .hasMessageContaining("does not fit");
      } else {
        List<Object> values = new ArrayList<>();
        Rows.of(source, column).forEach(row -> values.add(row.get(0)));
        assertThat(values).as(what).isEqualTo(golden.values(c));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "duplicate_fieldnames.arrow_file",
        "duplicate_fieldnames.stream",
        "union.arrow_file"
      })
  void refusesTwoColumnsOfOneName(String name) {
    Path file = InteropFiles.shared("interop/arrow/1.0.0-littleendian/generated_" + name);
    assertThatThrownBy(() -> MappedIpc.map(file))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("two columns named");
  }

  @Test
  void doesNotMapACompressedFile() {
    Path file = InteropFiles.shared("interop/arrow/2.0.0-compression/generated_zstd.arrow_file");
    assertThatThrownBy(() -> MappedIpc.map(file))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("Arrow.read");
  }

  @Test
  void mapsTheFlightsWithoutACopy() {
    Path file = InteropFiles.shared("flights-200k.arrow");
    MappedIpc mapped = MappedIpc.map(file);
    assertThat(mapped.schema().names()).contains("delay", "distance", "time");
    List<List<Object>> rows = Rows.of(mapped);
    assertThat(rows).hasSizeGreaterThan(100_000).isEqualTo(Rows.of(CopiedIpc.of(file)));
    int delay = mapped.schema().indexOf("delay");
    try (var block = mapped.block(0, new int[] {delay});
        var again = mapped.block(0, new int[] {delay})) {
      assertThat(block.vector(0, 0, 8).data().address())
          .isEqualTo(again.vector(0, 0, 8).data().address());
    }
  }
}
