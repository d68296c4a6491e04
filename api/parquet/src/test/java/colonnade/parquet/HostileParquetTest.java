package colonnade.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.hostile.Allowance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parquet files that someone made to hurt: typed errors, quickly, in no space. */
class HostileParquetTest {
  private static final String ELSEWHERE = "/etc/passwd";

  @TempDir Path directory;

  static Stream<Named<byte[]>> files() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("nothing", new byte[0]);
    all.put("only its marks", "PAR1PAR1".getBytes(US_ASCII));
    all.put("a footer of 4 GiB", "PAR1\u007f\u007f\u007f\u007fPAR1".getBytes(US_ASCII));
    all.put("structures without end", file(new byte[0], filled(1_000_000, 0x1c)));
    all.put("a list of 2^31 columns", file(new byte[0], list(Integer.MAX_VALUE)));
    all.put("a list of 90 million columns", file(new byte[0], list(90_000_000)));
    all.put(
        "more children than columns",
        file(new byte[0], metadata(schema("a", 1 << 30), 1, chunk())));
    all.put("children below none", file(new byte[0], metadata(schema("a", -1), 1, chunk())));
    List<SchemaElement> twins = new ArrayList<>(schema("a", 100_000));
    twins.addAll(Collections.nCopies(99_999, twins.get(1)));
    all.put("a column 100,000 times", file(new byte[0], metadata(twins, 0)));
    FileMetaData overflowing = new FileMetaData(1, schema("a", 1), 1, new ArrayList<>());
    for (int i = 0; i < 2; i++) {
      overflowing.addToRow_groups(new RowGroup(List.of(chunk()), 0, Long.MAX_VALUE));
    }
    all.put("more rows than 64 bits", file(new byte[0], written(overflowing)));
    ColumnChunk elsewhere = chunk();
    elsewhere.setFile_path(ELSEWHERE);
    all.put("a column in another file", file(new byte[0], metadata(schema("a", 1), 1, elsewhere)));
    all.put("a page of 2 GiB", paged(Integer.MAX_VALUE, Integer.MAX_VALUE, 1));
    all.put("a page of 120 MiB from 16 bytes", paged(120 << 20, 16, 1));
    all.put("a page below none", paged(-1, 16, 1));
    all.put("a page of 2^31 values", paged(16, 16, Integer.MAX_VALUE));
    all.put("a page of values below none", paged(16, 16, -1));
    return all.entrySet().stream().map(e -> Named.of(e.getKey(), e.getValue()));
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Field 2 of the footer, in Thrift's compact protocol: a list of so many structures. */
  private static byte[] list(int count) {
    byte[] bytes = new byte[64];
    bytes[0] = 0x15;
    bytes[1] = 2;
    bytes[2] = 0x19;
    bytes[3] = (byte) 0xfc;
    int at = 4;
    for (int rest = count; ; rest >>>= 7) {
      bytes[at++] = (byte) (rest < 128 ? rest : rest & 127 | 128);
      if (rest < 128) {
        return bytes;
      }
    }
  }

  private static List<SchemaElement> schema(String name, int children) {
    SchemaElement root = new SchemaElement("root");
    root.setNum_children(children);
    SchemaElement column = new SchemaElement(name);
    column.setType(Type.INT32);
    column.setRepetition_type(FieldRepetitionType.REQUIRED);
    return List.of(root, column);
  }

  private static ColumnChunk chunk() {
    ColumnChunk chunk = new ColumnChunk(4);
    chunk.setMeta_data(
        new ColumnMetaData(
            Type.INT32,
            List.of(Encoding.PLAIN),
            List.of("a"),
            CompressionCodec.SNAPPY,
            1,
            100,
            100,
            4));
    return chunk;
  }

  private static byte[] metadata(List<SchemaElement> schema, long rows, ColumnChunk... chunks)
      throws IOException {
    List<RowGroup> groups = new ArrayList<>();
    if (chunks.length > 0) {
      groups.add(new RowGroup(List.of(chunks), 100, rows));
    }
    return written(new FileMetaData(1, schema, rows, groups));
  }

  private static byte[] written(FileMetaData metadata) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writeFileMetaData(metadata, out);
    return out.toByteArray();
  }

  private static byte[] file(byte[] pages, byte[] footer) {
    ByteBuffer file =
        ByteBuffer.allocate(12 + pages.length + footer.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("PAR1".getBytes(US_ASCII)).put(pages).put(footer).putInt(footer.length);
    return file.put("PAR1".getBytes(US_ASCII)).array();
  }

  /** A file of one page whose header says these sizes, with sixteen bytes behind it. */
  private static byte[] paged(int size, int stored, int values) throws IOException {
    PageHeader header = new PageHeader(PageType.DATA_PAGE, size, stored);
    header.setData_page_header(
        new DataPageHeader(values, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
    ByteArrayOutputStream pages = new ByteArrayOutputStream();
    Util.writePageHeader(header, pages);
    pages.write(new byte[16]);
    return file(pages.toByteArray(), metadata(schema("a", 1), 1, chunk()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusesAFile(byte[] bytes) throws IOException {
    Path file = directory.resolve("hostile.parquet");
    Files.write(file, bytes);
    Allowance.refuses(() -> Rows.of(ParquetSource.of(file)));
  }

  @Test
  void refusesADictionaryOfMoreEntriesThanBytes() throws IOException {
    PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, 16, 16);
    header.setDictionary_page_header(new DictionaryPageHeader(Integer.MAX_VALUE, Encoding.PLAIN));
    ByteArrayOutputStream pages = new ByteArrayOutputStream();
    Util.writePageHeader(header, pages);
    pages.write(new byte[16]);
    Path file = directory.resolve("hostile.parquet");
    ColumnChunk chunk = chunk();
    chunk.getMeta_data().setCodec(CompressionCodec.UNCOMPRESSED);
    Files.write(file, file(pages.toByteArray(), metadata(schema("a", 1), 1, chunk)));
    Allowance.refuses(() -> Rows.of(ParquetSource.of(file)));
  }

  @Test
  void refusesAPipeWithoutWaiting() throws Exception {
    Path pipe = directory.resolve("pipe.parquet");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(mkfifo.waitFor() == 0, "mkfifo makes pipes here");
    Allowance.refuses(() -> ParquetSource.of(pipe));
    Allowance.refuses(() -> ParquetSource.of(directory));
  }
}
