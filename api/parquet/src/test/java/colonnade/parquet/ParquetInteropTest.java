package colonnade.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.MalformedInputException;
import colonnade.error.UnsupportedFormatException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public test files of Apache Parquet, and the real flights. */
class ParquetInteropTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alltypes_dictionary",
        "alltypes_plain",
        "alltypes_plain.snappy",
        "alltypes_tiny_pages",
        "alltypes_tiny_pages_plain",
        "binary",
        "binary_truncated_min_max",
        "byte_stream_split.zstd",
        "column_chunk_key_value_metadata",
        "concatenated_gzip_members",
        "data_index_bloom_encoding_stats",
        "data_index_bloom_encoding_with_length",
        "datapage_v1-snappy-compressed-checksum",
        "datapage_v1-uncompressed-checksum",
        "datapage_v2_empty_datapage.snappy",
        "delta_binary_packed",
        "delta_byte_array",
        "delta_encoding_optional_column",
        "delta_encoding_required_column",
        "delta_length_byte_array",
        "dict-page-offset-zero",
        "fixed_length_byte_array",
        "fixed_length_decimal",
        "fixed_length_decimal_legacy",
        "float16_nonzeros_and_nans",
        "float16_zeros_and_nans",
        "int32_decimal",
        "int32_with_null_pages",
        "int64_decimal",
        "lz4_raw_compressed",
        "lz4_raw_compressed_larger",
        "nan_in_stats",
        "overflow_i16_page_cnt",
        "page_v2_empty_compressed",
        "plain-dict-uncompressed-checksum",
        "rle-dict-snappy-checksum",
        "rle_boolean_encoding",
        "single_nan",
        "sort_columns",
        "unknown-logical-type"
      })
  void readsWhatDuckDbReads(String name) throws SQLException {
    Path file = InteropFiles.shared("interop/parquet/" + name + ".parquet");
    ParquetSource source = ParquetSource.of(file);
    try (DuckDb duckDb = new DuckDb()) {
      assertThat(Rows.of(source)).isEqualTo(duckDb.parquet(file, source.schema()));
    }
  }

  @Test
  void readsSplitBytesAsPlainOnes() {
    ParquetSource source =
        ParquetSource.of(
            InteropFiles.shared("interop/parquet/byte_stream_split_extended.gzip.parquet"));
    for (int c = 0; c < source.schema().size(); c += 2) {
      List<List<Object>> plain = Rows.of(source, c);
      assertThat(plain).as(source.schema().name(c)).hasSize(200).doesNotContain(List.of(0L));
      assertThat(Rows.of(source, c + 1)).as(source.schema().name(c + 1)).isEqualTo(plain);
    }
  }

  @Test
  void readsTimestampsOf96BitsUpToTheEndOfMicroseconds() {
    ParquetSource source =
        ParquetSource.of(InteropFiles.shared("interop/parquet/int96_from_spark.parquet"));
    assertThat(Rows.of(source).stream().map(row -> row.get(0)))
        .containsExactly(
            1704141296123456L,
            1704070800000000L,
            253402225200000000L,
            1735599600000000L,
            null,
            9089380393200000000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hadoop_lz4_compressed", "non_hadoop_lz4_compressed"})
  void readsBothFormsOfTheOldLz4(String name) {
    Path file = InteropFiles.shared("interop/parquet/" + name + ".parquet");
    Path same = InteropFiles.shared("interop/parquet/lz4_raw_compressed.parquet");
    assertThat(Rows.of(ParquetSource.of(file))).isEqualTo(Rows.of(ParquetSource.of(same)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"byte_array_decimal", "int32_decimal", "fixed_length_decimal"})
  void readsDecimalsAsTheNearestDouble(String name) {
    Path file = InteropFiles.shared("interop/parquet/" + name + ".parquet");
    List<List<Object>> rows = Rows.of(ParquetSource.of(file));
    assertThat(rows).hasSize(24).first().isEqualTo(List.of(1.0));
    assertThat(rows).last().isEqualTo(List.of(24.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"datapage_v1-corrupt-checksum", "rle-dict-uncompressed-corrupt-checksum"})
  void refusesAPageThatFailsItsChecksum(String name) {
    Path file = InteropFiles.shared("interop/parquet/" + name + ".parquet");
    assertThatThrownBy(() -> Rows.of(ParquetSource.of(file)))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("a page fails its checksum");
  }

  @Test
  void refusesANestedColumnByNameAndReadsTheOthers() {
    ParquetSource source =
        ParquetSource.of(InteropFiles.shared("interop/parquet/datapage_v2.snappy.parquet"));
    assertThatThrownBy(() -> source.open(Rows.allColumns(source)))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("column 'e'")
        .hasMessageContaining("'a', 'b', 'c', 'd'");
    assertThat(Rows.of(source, 0, 1, 2, 3))
        .hasSize(5)
        .first()
        .isEqualTo(List.of("abc", 1L, 2.0, 1L));
  }

  @Test
  void readsTheFlightsAsDuckDbDoes() throws SQLException {
    Path file = InteropFiles.shared("flights-3m.parquet");
    ParquetSource source = ParquetSource.of(file);
    assertThat(source.rowCount()).hasValue(3_000_000);
    assertThat(source.dictionary(3)).as("dictionary of the origins").isNotNull();
    List<List<Object>> rows = new java.util.ArrayList<>();
    long[] sums = new long[3];
    long originBytes = 0;
    try (var pass = source.open(new int[] {2, 1, 0, 3})) {
      for (var block = pass.next(); block != null; block = pass.next()) {
        for (int c = 0; c < 3; c++) {
          var vector = block.vector(c, 0, block.rowCount());
          for (int i = 0; i < block.rowCount(); i++) {
            sums[c] += vector.isNull(i) ? 0 : vector.longAt(i) / (c == 2 ? 1_000_000 : 1);
          }
        }
        var origin = block.vector(3, 0, block.rowCount());
        for (int i = 0; i < block.rowCount(); i++) {
          originBytes += origin.bytesAt(i)[1];
        }
        block.close();
      }
    }
    rows.add(List.of((double) sums[0], (double) sums[1], (double) sums[2], (double) originBytes));
    var schema =
        colonnade.Schema.of(
            "a",
            colonnade.DataType.F64,
            "b",
            colonnade.DataType.F64,
            "c",
            colonnade.DataType.F64,
            "d",
            colonnade.DataType.F64);
    try (DuckDb duckDb = new DuckDb()) {
      assertThat(rows)
          .isEqualTo(
              duckDb.query(
                  "select sum(distance)::double, sum(delay)::double, sum(epoch(date))::double,"
                      + " sum(ascii(origin[2]))::double from read_parquet('"
                      + file
                      + "')",
                  schema));
    }
  }
}
