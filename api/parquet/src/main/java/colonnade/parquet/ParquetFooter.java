package colonnade.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import colonnade.error.ColonnadeException;
import colonnade.error.MalformedInputException;
import colonnade.error.StorageException;
import colonnade.error.UnsupportedFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * What a file says about itself at its end: columns and row groups. Immutable; nothing stays open.
 *
 * @param path the file
 * @param lengthBytes its length when it was read
 * @param dataEnd where the footer starts and pages end
 * @param columns the columns at the top of the schema, nested ones as one each
 * @param rowGroups the row groups, with as many chunks each as the schema has leaves
 */
record ParquetFooter(
    Path path,
    long lengthBytes,
    long dataEnd,
    List<ParquetColumn> columns,
    List<RowGroup> rowGroups) {
  private static final int TAIL_BYTES = 8;

  /**
   * Reads the footer.
   *
   * @throws MalformedInputException if the file is none of Parquet's, cut short or damaged
   * @throws UnsupportedFormatException if it is encrypted
   * @throws StorageException if it cannot be read
   */
  static ParquetFooter read(Path path) {
    if (Files.isDirectory(path)) {
      throw new MalformedInputException(
          path.toString(),
          path + " is a directory, not a Parquet file",
          "Read its files one by one.");
    }
    // Opening a pipe waits for its other end.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw malformed(path, "is a pipe or a device, not a Parquet file", null);
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return read(path, channel);
    } catch (NoSuchFileException e) {
      throw new StorageException(path.toString(), "there is no file " + path, "Check the path.", e);
    } catch (IOException e) {
      throw ChunkInput.unreadable(path, e);
    }
  }

  private static ParquetFooter read(Path path, FileChannel channel) throws IOException {
    long length = channel.size();
    if (length < 4 + TAIL_BYTES) {
      throw malformed(path, "is " + length + " bytes, too short for a Parquet file", null);
    }
    byte[] tail = new ChunkInput(path, channel, length - TAIL_BYTES, length).readNBytes(TAIL_BYTES);
    String magic = new String(tail, 4, 4, US_ASCII);
    if (magic.equals("PARE")) {
      throw encrypted(path, "its footer is encrypted");
    }
    if (!magic.equals("PAR1")) {
      throw malformed(path, "does not end as a Parquet file ends, with PAR1", null);
    }
    long footerLength = Bytes.intAt(tail, 0) & 0xffffffffL;
    if (footerLength > length - 4 - TAIL_BYTES) {
      throw malformed(
          path, "states a footer of " + footerLength + " bytes, more than the file has", null);
    }
    long start = length - TAIL_BYTES - footerLength;
    try {
      FooterShape.check(
          new BufferedInputStream(
              new ChunkInput(path, channel, start, length - TAIL_BYTES), 1 << 16),
          footerLength);
      FileMetaData metadata =
          Util.readFileMetaData(
              new BufferedInputStream(
                  new ChunkInput(path, channel, start, length - TAIL_BYTES), 1 << 16));
      if (metadata.isSetEncryption_algorithm()) {
        throw encrypted(path, "it has encrypted columns");
      }
      return of(path, length, start, metadata);
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      if (e instanceof ColonnadeException known) {
        throw known;
      }
      // A damaged count can ask for more memory than there is, and structures may nest without
      // end; what was asked for is free again.
      throw malformed(path, "has a footer that cannot be read: " + e.getMessage(), e);
    }
  }

  private static ParquetFooter of(Path path, long length, long dataEnd, FileMetaData metadata) {
    List<ParquetColumn> columns = columns(metadata.getSchema());
    int leaves = 0;
    for (SchemaElement element : metadata.getSchema()) {
      leaves += element.getNum_children() == 0 ? 1 : 0;
    }
    for (RowGroup group : metadata.getRow_groups()) {
      if (group.getNum_rows() < 0 || group.getColumns().size() != leaves) {
        throw new BadPage(
            "a row group of "
                + group.getNum_rows()
                + " rows and "
                + group.getColumns().size()
                + " columns; the schema has "
                + leaves);
      }
    }
    return new ParquetFooter(path, length, dataEnd, columns, List.copyOf(metadata.getRow_groups()));
  }

  private static List<ParquetColumn> columns(List<SchemaElement> schema) {
    if (schema.isEmpty() || schema.get(0).getNum_children() < 0) {
      throw new BadPage("no schema");
    }
    List<ParquetColumn> columns = new ArrayList<>();
    int leaf = 0;
    int at = 1;
    for (int top = 0; top < schema.get(0).getNum_children(); top++) {
      if (at >= schema.size()) {
        throw new BadPage("a schema of fewer columns than it says");
      }
      SchemaElement element = schema.get(at);
      int firstLeaf = leaf;
      // Walks the subtree in its stored order, depth first.
      long open = 1;
      while (open > 0) {
        if (at >= schema.size() || schema.get(at).getNum_children() < 0) {
          throw new BadPage("a schema of fewer columns than it says");
        }
        int children = schema.get(at++).getNum_children();
        leaf += children == 0 ? 1 : 0;
        open += children - 1;
      }
      columns.add(
          element.getNum_children() == 0
              ? ParquetColumn.of(element, firstLeaf)
              : ParquetColumn.refused(
                  element.getName(), firstLeaf, "holds a struct, list or map in each row"));
    }
    return List.copyOf(columns);
  }

  /** Where and how one column of one row group is stored, checked against the file's length. */
  ColumnMetaData chunk(int rowGroup, ParquetColumn column) {
    ColumnChunk chunk = rowGroups.get(rowGroup).getColumns().get(column.leaf());
    ColumnMetaData metadata = chunk.getMeta_data();
    if (chunk.isSetFile_path() && !chunk.getFile_path().isEmpty()) {
      throw new UnsupportedFormatException(
          path.toString(),
          "column '" + column.name() + "' of " + path + " is stored in another file",
          "Read the files that hold the data.");
    }
    if (metadata == null || chunk.isSetCrypto_metadata()) {
      throw encrypted(path, "column '" + column.name() + "' is encrypted");
    }
    if (metadata.getType() != column.physical()) {
      throw new BadPage(
          "a chunk of " + metadata.getType() + "; the schema says " + column.physical());
    }
    long start = start(metadata);
    if (start < 4 || start > dataEnd || metadata.getTotal_compressed_size() < 0) {
      throw new BadPage("a chunk that starts at byte " + start + " of " + lengthBytes);
    }
    return metadata;
  }

  /** The first byte of a chunk's first page. Some writers state 0 where there is no dictionary. */
  static long start(ColumnMetaData chunk) {
    long data = chunk.getData_page_offset();
    long dictionary = chunk.getDictionary_page_offset();
    return chunk.isSetDictionary_page_offset() && dictionary > 0 && dictionary < data
        ? dictionary
        : data;
  }

  private static UnsupportedFormatException encrypted(Path path, String what) {
    return new UnsupportedFormatException(
        path.toString(),
        path + " cannot be read: " + what,
        "Encrypted Parquet is not supported; write a decrypted copy with the program that has the"
            + " keys.");
  }

  private static MalformedInputException malformed(Path path, String what, Throwable cause) {
    return new MalformedInputException(
        path.toString(),
        path + " " + what,
        "It is no Parquet file, or was cut short or damaged; write or copy it again.",
        cause);
  }
}
