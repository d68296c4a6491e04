package colonnade.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column in one row group, in order; holds one page in memory at a time. Sizes are
 * checked before memory is taken, checksums where the file has them. Not safe for threads.
 */
final class ChunkPages {
  /** A page holds about a megabyte; one of this size has been damaged. */
  private static final int PAGE_LIMIT_BYTES = 1 << 27;

  private final ChunkInput input;
  private final ColumnMetaData chunk;
  private final boolean optional;
  private byte[] stored = new byte[0];
  private byte[] plain = new byte[0];

  /** The pages of {@code column} in row group {@code rowGroup}. */
  ChunkPages(ParquetFooter footer, FileChannel channel, int rowGroup, ParquetColumn column) {
    this.chunk = footer.chunk(rowGroup, column);
    this.optional = column.optional();
    // Not up to the chunk's stated end: old writers left the dictionary's header out of its length.
    this.input =
        new ChunkInput(footer.path(), channel, ParquetFooter.start(chunk), footer.dataEnd());
    if (!Codec.isKnown(chunk.getCodec())) {
      throw new UnknownCodec(chunk.getCodec());
    }
  }

  /** Pages compressed in a way that this release does not read. */
  static final class UnknownCodec extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownCodec(CompressionCodec codec) {
      super("its pages are compressed with " + codec);
    }
  }

  /** The next page with a dictionary or with rows. */
  Page next() {
    while (true) {
      PageHeader header = header();
      int storedSize = header.getCompressed_page_size();
      if (header.getType() == PageType.DICTIONARY_PAGE && header.isSetDictionary_page_header()) {
        body(header);
        decompress(storedSize, 0, header.getUncompressed_page_size(), true);
        return new Page(
            true,
            header.getDictionary_page_header().getEncoding(),
            count(header.getDictionary_page_header().getNum_values()),
            null,
            new Bytes(plain, 0, header.getUncompressed_page_size()));
      }
      if (header.getType() == PageType.DATA_PAGE && header.isSetData_page_header()) {
        body(header);
        return first(header);
      }
      if (header.getType() == PageType.DATA_PAGE_V2 && header.isSetData_page_header_v2()) {
        body(header);
        return second(header);
      }
      skip(storedSize);
    }
  }

  /** Whether every page with rows holds dictionary codes; reads the headers only. */
  static boolean allCoded(
      ParquetFooter footer, FileChannel channel, int rowGroup, ParquetColumn column) {
    var pages = new ChunkPages(footer, channel, rowGroup, column);
    long rows = footer.rowGroups().get(rowGroup).getNum_rows();
    while (rows > 0) {
      PageHeader header = pages.header();
      Encoding encoding = null;
      int count = 0;
      if (header.isSetData_page_header()) {
        encoding = header.getData_page_header().getEncoding();
        count = header.getData_page_header().getNum_values();
      } else if (header.isSetData_page_header_v2()) {
        encoding = header.getData_page_header_v2().getEncoding();
        count = header.getData_page_header_v2().getNum_values();
      }
      if (encoding != null && !isCode(encoding)) {
        return false;
      }
      rows -= count(count);
      pages.skip(header.getCompressed_page_size());
    }
    return true;
  }

  static boolean isCode(@Nullable Encoding encoding) {
    return encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY;
  }

  /** A data page of the first version: levels and values are compressed together. */
  private Page first(PageHeader header) {
    DataPageHeader data = header.getData_page_header();
    int size = header.getUncompressed_page_size();
    decompress(header.getCompressed_page_size(), 0, size, true);
    var values = new Bytes(plain, 0, size);
    HybridRuns levels = null;
    if (optional) {
      if (data.getDefinition_level_encoding() != Encoding.RLE) {
        throw new BadPage("definition levels in " + data.getDefinition_level_encoding());
      }
      int length = values.readInt();
      int start = values.take(length);
      levels = new HybridRuns(new Bytes(plain, start, start + length), 1);
    }
    return new Page(false, data.getEncoding(), count(data.getNum_values()), levels, values);
  }

  /** A data page of the second version: levels stand before the values, uncompressed. */
  private Page second(PageHeader header) {
    DataPageHeaderV2 data = header.getData_page_header_v2();
    int skipped = data.getRepetition_levels_byte_length();
    int length = data.getDefinition_levels_byte_length();
    int size = header.getUncompressed_page_size();
    int storedSize = header.getCompressed_page_size();
    if (skipped < 0 || length < 0 || (long) skipped + length > Math.min(size, storedSize)) {
      throw new BadPage("levels of more bytes than their page");
    }
    HybridRuns levels =
        optional ? new HybridRuns(new Bytes(stored, skipped, skipped + length), 1) : null;
    int at = skipped + length;
    boolean compressed = !data.isSetIs_compressed() || data.isIs_compressed();
    decompress(storedSize, at, size, compressed);
    return new Page(
        false, data.getEncoding(), count(data.getNum_values()), levels, new Bytes(plain, at, size));
  }

  private PageHeader header() {
    if (input.left() <= 0) {
      throw new BadPage("the chunk ends before its rows do");
    }
    try {
      PageHeader header = Util.readPageHeader(input);
      if (header.getUncompressed_page_size() < 0
          || header.getUncompressed_page_size() > PAGE_LIMIT_BYTES
          || header.getCompressed_page_size() < 0
          || header.getCompressed_page_size() > Math.min(input.left(), PAGE_LIMIT_BYTES)) {
        throw new BadPage(
            "a page of "
                + header.getCompressed_page_size()
                + " bytes, "
                + header.getUncompressed_page_size()
                + " decompressed");
      }
      return header;
    } catch (IOException | OutOfMemoryError | StackOverflowError e) {
      // A damaged length can ask for more memory than there is, and structures may nest without
      // end; what was asked for is free again.
      throw new BadPage("a page header cannot be read: " + e.getMessage(), e);
    }
  }

  private void body(PageHeader header) {
    int size = header.getCompressed_page_size();
    stored = room(stored, size);
    input.readFully(stored, size);
    if (header.isSetCrc()) {
      var crc = new CRC32();
      crc.update(stored, 0, size);
      if ((int) crc.getValue() != header.getCrc()) {
        throw new BadPage("a page fails its checksum");
      }
    }
  }

  /** Makes {@code plain} hold the page from byte {@code at} on. */
  private void decompress(int storedSize, int at, int size, boolean compressed) {
    CompressionCodec codec = compressed ? chunk.getCodec() : CompressionCodec.UNCOMPRESSED;
    Codec.checkRatio(codec, storedSize - at, size - at);
    plain = room(plain, size);
    Codec.decompress(codec, stored, at, storedSize - at, plain, at, size - at);
  }

  private static byte[] room(byte[] buffer, int size) {
    try {
      return buffer.length < size ? new byte[size] : buffer;
    } catch (OutOfMemoryError e) {
      throw new BadPage("a page of " + size + " bytes, more than the heap has room for", e);
    }
  }

  private void skip(int size) {
    if (input.skip(size) < size) {
      throw new BadPage("the file ends in the middle of a page");
    }
  }

  private static int count(int stated) {
    if (stated < 0) {
      throw new BadPage("a page of " + stated + " values");
    }
    return stated;
  }
}
