package colonnade.benchmarks.data;

import colonnade.Appender;
import colonnade.DataType;
import colonnade.FlushPolicy;
import colonnade.Schema;
import colonnade.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A table of very many columns that takes the disk space of one: the first column is written, the
 * others are further names (hard links) of its files, and the manifest lists them all.
 */
public record WideTable(Path directory, int columns, long rows) {
  private static final int CHUNK_ROWS = 65_536;
  private static final String COLUMN_ID = "{\"id\": 0, \"name\": \"c\"";
  private static final String CHECKSUM = "\"crc32c\": \"";

  /** The value of every column in a row. */
  public static long value(long row) {
    return (row * 31 ^ row >> 9) & 127;
  }

  /** Makes it where it is missing. */
  public Path make() throws IOException {
    Path path = directory.resolve("wide-" + columns + "-" + rows);
    if (Files.isDirectory(path)) {
      return path;
    }
    Path unfinished = directory.resolve("wide.unfinished");
    DataStore.delete(unfinished);
    write(unfinished);
    widen(unfinished);
    Files.move(unfinished, path);
    return path;
  }

  private void write(Path path) {
    try (Appender writer = Table.create(path, Schema.of("c", DataType.I8), FlushPolicy.atClose())) {
      for (long done = 0; done < rows; ) {
        byte[] values = new byte[(int) Math.min(CHUNK_ROWS, rows - done)];
        for (int i = 0; i < values.length; i++) {
          values[i] = (byte) value(done + i);
        }
        writer.appendColumns(new Object[] {values});
        done += values.length;
      }
    }
  }

  private void widen(Path path) throws IOException {
    Path manifest = path.resolve("manifest-000000000001");
    String text = Files.readString(manifest);
    int start = text.indexOf(COLUMN_ID);
    int end = text.indexOf("],\n" + CHECKSUM);
    String first = text.substring(start, end);
    List<Path> files;
    try (var all = Files.list(path)) {
      files = all.filter(file -> file.getFileName().toString().startsWith("c0-")).toList();
    }
    StringBuilder wide =
        new StringBuilder(
            text.substring(0, start)
                .replace("\"nextColumnId\": 1", "\"nextColumnId\": " + columns));
    wide.append(first);
    for (int c = 1; c < columns; c++) {
      wide.append(",\n")
          .append(
              first
                  .replace(COLUMN_ID, "{\"id\": " + c + ", \"name\": \"c" + c + "\"")
                  .replace("\"c0-", "\"c" + c + "-"));
      for (Path file : files) {
        Files.createLink(
            path.resolve(file.getFileName().toString().replaceFirst("c0-", "c" + c + "-")), file);
      }
    }
    wide.append("],\n");
    CRC32C crc = new CRC32C();
    crc.update(wide.toString().getBytes(StandardCharsets.UTF_8));
    wide.append(CHECKSUM).append("%08x".formatted(crc.getValue())).append("\"}\n");
    Files.writeString(manifest, wide);
  }
}
