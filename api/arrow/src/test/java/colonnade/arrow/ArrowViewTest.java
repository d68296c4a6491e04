package colonnade.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of views, which bring as many buffers as they like, and what stands after them. */
class ArrowViewTest {
  @TempDir Path folder;

  @Test
  void readsViewsAndTheColumnsAfterThem() throws IOException {
    Path file = folder.resolve("views.arrow");
    int rows = 70_000;
    try (var allocator = new RootAllocator();
        var first = new ViewVarCharVector("first", allocator);
        var second = new ViewVarCharVector("second", allocator);
        var number = new IntVector("number", allocator)) {
      first.allocateNew();
      second.allocateNew();
      number.allocateNew(rows);
      for (int i = 0; i < rows; i++) {
        if (i % 7 != 0) {
          first.setSafe(i, text(i));
        }
        second.setSafe(i, "s".getBytes(StandardCharsets.UTF_8));
        number.setSafe(i, i);
      }
      try (var root = VectorSchemaRoot.of(first, second, number);
          var channel =
              FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
          var writer = new ArrowFileWriter(root, null, channel)) {
        root.setRowCount(rows);
        writer.writeBatch();
        writer.end();
      }
    }
    for (var source : List.of(MappedIpc.map(file), CopiedIpc.of(file))) {
      List<List<Object>> read = Rows.of(source);
      assertThat(read).hasSize(rows);
      for (int i = 0; i < rows; i++) {
        List<Object> row = read.get(i);
        assertThat(row.get(0))
            .isEqualTo(i % 7 == 0 ? null : new String(text(i), StandardCharsets.UTF_8));
        assertThat(row.get(1)).isEqualTo("s");
        assertThat(row.get(2)).isEqualTo((long) i);
      }
    }
  }

  /** Some that fit a view and some that do not. */
  private static byte[] text(int i) {
    return (i % 3 == 0 ? "v" + i : "a view of more than twelve bytes " + i)
        .getBytes(StandardCharsets.UTF_8);
  }
}
