package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column's name may be any text, and only the manifest has it. */
class NamesTest {
  private static final List<String> NAMES =
      List.of(
          "",
          " ",
          "fare",
          "Fare",
          "FARE",
          "a b",
          "$price",
          "a/b",
          "..",
          "../up",
          "C:\\x",
          "nul",
          "a\nb",
          "tab\t",
          "\u0000",
          "\"quote\"",
          "\u202eright to left",
          "ﬁ",
          "é",
          "e\u0301",
          "🦄",
          "数据",
          "x".repeat(300),
          "🦄".repeat(150),
          "half \ud83e",
          "c0-fare-1.f64",
          "LOCK",
          "manifest-000000000001");

  @TempDir Path directory;

  @Test
  void keepsEveryNameAndGivesEachColumnAFileOfItsOwn() throws IOException {
    Schema schema = new Schema(NAMES.stream().map(name -> new Field(name, DataType.I64)).toList());
    try (Arena arena = Arena.ofConfined();
        TableWriter writer = TableWriter.create(directory, schema, Tables.PLAIN)) {
      Vector[] vectors = new Vector[schema.size()];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = Vectors.plain(DataType.I64, List.of((long) i), arena);
      }
      writer.write(vectors, 1);
    }
    try (Snapshot snapshot = TableStore.open(directory);
        Stream<Path> files = Files.list(directory)) {
      assertThat(snapshot.schema()).isEqualTo(schema);
      for (int i = 0; i < NAMES.size(); i++) {
        assertThat(Vectors.values(snapshot.column(i), 8)).isEqualTo(List.of((long) i));
      }
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(NAMES.size() + 2)
          .allMatch(name -> name.matches("LOCK|manifest-[0-9]{12}|c[0-9]+-[a-z0-9_]+-1\\.i64"));
    }
    Tables.assertClean(directory);
  }
}
