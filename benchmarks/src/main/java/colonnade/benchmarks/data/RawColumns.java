package colonnade.benchmarks.data;

import colonnade.Batch;
import colonnade.DataType;
import colonnade.Field;
import colonnade.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Columns of numbers as files of nothing but their values, for programs that map files. */
public record RawColumns(Path directory) {
  /** The type of the file of a column: f64, or i32 for integers of up to 32 bits and dates. */
  public static String type(Field field) {
    return switch (field.type()) {
      case F32, F64 -> "f64";
      case I64, TIMESTAMP_MICROS -> "i64";
      default -> "i32";
    };
  }

  /** Writes the columns, if that was not done before. */
  public void write(Table table, List<Field> fields) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path unfinished = directory.resolveSibling(directory.getFileName() + ".unfinished");
    DataStore.delete(unfinished);
    Files.createDirectories(unfinished);
    for (Field field : fields) {
      try (FileChannel file =
          FileChannel.open(
              unfinished.resolve(field.name() + "." + type(field)),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE)) {
        table.select(field.name()).forEachBatch(batch -> write(batch, field, file));
      }
    }
    Files.move(unfinished, directory);
  }

  private static void write(Batch batch, Field field, FileChannel file) {
    ByteBuffer buffer =
        ByteBuffer.allocate(batch.rowCount() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (field.type() == DataType.F64 || field.type() == DataType.F32) {
      for (double value : batch.f64s(field.name())) {
        buffer.putDouble(value);
      }
    } else {
      boolean wide = type(field).equals("i64");
      for (long value : batch.i64s(field.name())) {
        if (wide) {
          buffer.putLong(value);
        } else {
          buffer.putInt((int) value);
        }
      }
    }
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
