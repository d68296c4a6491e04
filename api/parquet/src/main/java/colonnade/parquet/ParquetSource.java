package colonnade.parquet;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.exec.StreamSource;
import colonnade.engine.store.Dictionary;
import colonnade.error.ColonnadeException;
import colonnade.error.MalformedInputException;
import colonnade.error.StorageException;
import colonnade.error.UnsupportedFormatException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.parquet.format.RowGroup;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file as rows to be read. Only the footer is read here and kept; each pass opens the
 * file, reads the pages of the wanted columns and closes it. A pass holds one page per column of
 * the row groups that are being read and the blocks that its reader has not closed. Safe for all
 * threads.
 *
 * <p>Columns of lists, maps and structs are in the schema as {@code binary}; a pass that asks for
 * one is refused, so that the others can be selected.
 */
public final class ParquetSource implements StreamSource {
  private final ParquetFooter footer;
  private final Schema schema;
  private final long rowCount;
  private final @Nullable SharedDictionary[] dictionaries;
  private final boolean[] dictionaryKnown;

  private ParquetSource(ParquetFooter footer, Schema schema, long rowCount) {
    this.footer = footer;
    this.schema = schema;
    this.rowCount = rowCount;
    this.dictionaries = new SharedDictionary[schema.size()];
    this.dictionaryKnown = new boolean[schema.size()];
  }

  /**
   * The file at {@code path}.
   *
   * @throws MalformedInputException if it is not a Parquet file, cut short or damaged, or two of
   *     its columns have one name
   * @throws UnsupportedFormatException if it is encrypted
   * @throws StorageException if it cannot be read
   */
  public static ParquetSource of(Path path) {
    ParquetFooter footer = ParquetFooter.read(path);
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ParquetColumn column : footer.columns()) {
      if (!names.add(column.name())) {
        throw new MalformedInputException(
            path.toString(),
            path + " has two columns named '" + column.name() + "'",
            "Write it again with a name of its own for each column.");
      }
      fields.add(new Field(column.name(), column.type()));
    }
    long rows = 0;
    for (RowGroup group : footer.rowGroups()) {
      rows += group.getNum_rows();
      if (rows < 0) {
        throw new MalformedInputException(
            path.toString(),
            path + " states more rows than 64 bits count",
            "It was damaged; write or copy it again.");
      }
    }
    return new ParquetSource(footer, new Schema(fields), rows);
  }

  @Override
  public String name() {
    return footer.path().toString();
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public OptionalLong rowCount() {
    return OptionalLong.of(rowCount);
  }

  /** The file's length. */
  public long lengthBytes() {
    return footer.lengthBytes();
  }

  /** Why a column cannot be read; empty if it can. */
  public String refusal(int column) {
    return footer.columns().get(column).refusal();
  }

  @Override
  public @Nullable Dictionary dictionary(int column) {
    if (!isText(column)) {
      return null;
    }
    try (FileChannel channel = FileChannel.open(footer.path(), StandardOpenOption.READ)) {
      SharedDictionary shared = sharedDictionary(column, channel);
      return shared == null ? null : shared.dictionary();
    } catch (IOException e) {
      throw ChunkInput.unreadable(footer.path(), e);
    }
  }

  @Override
  public Pass open(int[] columns) {
    for (int column : columns) {
      String refusal = footer.columns().get(column).refusal();
      if (!refusal.isEmpty()) {
        throw new UnsupportedFormatException(
            name(), "column '" + schema.name(column) + "' of " + name() + " " + refusal, remedy());
      }
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(footer.path(), StandardOpenOption.READ);
      if (channel.size() != footer.lengthBytes()) {
        throw new MalformedInputException(
            name(),
            name()
                + " has changed: it had "
                + footer.lengthBytes()
                + " bytes, now it has "
                + channel.size(),
            "Read it again.");
      }
      for (int column : columns) {
        if (isText(column)) {
          sharedDictionary(column, channel);
        }
      }
      return new ParquetPass(footer, channel, decoders(columns, channel));
    } catch (IOException e) {
      close(channel);
      throw ChunkInput.unreadable(footer.path(), e);
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private Supplier<ColumnDecoder[]> decoders(int[] columns, FileChannel channel) {
    return () -> {
      ColumnDecoder[] decoders = new ColumnDecoder[columns.length];
      for (int i = 0; i < columns.length; i++) {
        decoders[i] = decoder(columns[i], channel);
      }
      return decoders;
    };
  }

  private ColumnDecoder decoder(int index, FileChannel channel) {
    ParquetColumn column = footer.columns().get(index);
    if (!column.type().isVariable()) {
      return new NumberDecoder(column, ParquetPass.STEP_ROWS);
    }
    SharedDictionary shared = sharedDictionary(index, channel);
    return shared == null
        ? new TextDecoder(column, ParquetPass.STEP_ROWS)
        : new CodeDecoder(column, ParquetPass.STEP_ROWS, shared);
  }

  private boolean isText(int column) {
    return footer.columns().get(column).refusal().isEmpty()
        && (schema.type(column) == DataType.UTF8 || schema.type(column) == DataType.BINARY);
  }

  private @Nullable SharedDictionary sharedDictionary(int column, FileChannel channel) {
    synchronized (dictionaries) {
      if (!dictionaryKnown[column]) {
        ParquetColumn wanted = footer.columns().get(column);
        try {
          dictionaries[column] = SharedDictionary.read(footer, channel, wanted);
        } catch (RuntimeException e) {
          throw failure(footer, wanted, "the dictionaries", e);
        }
        dictionaryKnown[column] = true;
      }
      return dictionaries[column];
    }
  }

  private String remedy() {
    List<String> readable =
        footer.columns().stream()
            .filter(c -> c.refusal().isEmpty())
            .map(c -> "'" + c.name() + "'")
            .toList();
    return readable.isEmpty()
        ? "Flatten the columns with the program that wrote the file; only plain values are read."
        : "Select other columns; those of plain values are " + String.join(", ", readable) + ".";
  }

  /** What to throw for a failure while decoding {@code column}. */
  static RuntimeException failure(
      ParquetFooter footer, ParquetColumn column, String where, RuntimeException e) {
    String place = footer.path() + ", column '" + column.name() + "', " + where;
    return switch (e) {
      case ColonnadeException known -> known;
      case ChunkPages.UnknownCodec codec ->
          new UnsupportedFormatException(
              place,
              "column '"
                  + column.name()
                  + "' of "
                  + footer.path()
                  + " cannot be read: "
                  + codec.getMessage(),
              "Write the file with zstd, snappy, gzip, lz4_raw or no compression.");
      default ->
          new MalformedInputException(
              place,
              place + ": " + (e instanceof BadPage ? e.getMessage() : "a page is damaged: " + e),
              "The file was damaged, or its writer is at fault; write or copy it again, or select"
                  + " other columns.",
              e);
    };
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Opened for reading: nothing can be lost, and the first failure says more.
      return;
    }
  }
}
