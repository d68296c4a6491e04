package colonnade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.MappedArray;
import colonnade.Npy;
import colonnade.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import} and {@code export}: what they make, and that a failure leaves nothing behind. */
class ImportTest {
  @TempDir Path folder;

  @Test
  void makesATableOfACsvFileWithAnyColumnNames() throws IOException {
    Path table = folder.resolve("t");
    Command made = Command.run("import", csv("a$ b/c,😀,\n1,x,2.5\n"), table);
    assertThat(made.code()).isZero();
    assertThat(made.out()).contains("1 rows, 3 columns");
    assertThat(made.errors()).isEmpty();
    assertThat(Command.run("get", table, "😀", 0).out()).isEqualTo("x\n");
    assertThat(Command.run("get", table, "a$ b/c", 0).out()).isEqualTo("1\n");
  }

  @Test
  void refusesATargetThatIsThereUnlessItIsToldWhatToDo() throws IOException {
    Path table = table();
    Command again = Command.run("import", csv("a,b\n9,z\n"), table);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.out()).isEmpty();
    assertThat(again.errors()).contains("is there already").contains("--replace or --append");
    assertThat(rows(table)).isEqualTo(2);
  }

  @Test
  void appendsBehindTheRowsThatAreThereWithTheirTypes() throws IOException {
    Path table = folder.resolve("t");
    Command.run("import", csv("a,b\n1,x\n2,y\n"), table, "--type", "a:f64");
    Command appended = Command.run("import", csv("b,a\nz,3\n"), table, "--append");
    assertThat(appended.errors()).isEmpty();
    assertThat(rows(table)).isEqualTo(3);
    assertThat(Command.run("get", table, "a", 0).out()).isEqualTo("1.0\n");
    assertThat(Command.run("get", table, "a", 2).out()).isEqualTo("3.0\n");
  }

  @Test
  void appendsNothingOfAFileWithOtherColumns() throws IOException {
    Path table = table();
    for (String other : new String[] {"a\n1\n", "a,b,c\n1,x,2\n", "a,other\n1,x\n"}) {
      Command appended = Command.run("import", csv(other), table, "--append");
      assertThat(appended.code()).as(other).isEqualTo(1);
      assertThat(appended.errors()).startsWith("error: ").doesNotContain("\tat ");
      assertThat(rows(table)).isEqualTo(2);
    }
    Command appended = Command.run("import", csv("a,b\nno number,x\n"), table, "--append");
    assertThat(appended.code()).isEqualTo(1);
    assertThat(rows(table)).isEqualTo(2);
    assertThat(Command.run("import", csv("a\n1\n"), folder.resolve("none"), "--append").code())
        .isEqualTo(1);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void replacesATableButNoOtherDirectory() throws IOException {
    Path table = table();
    assertThat(Command.run("import", csv("c\n7\n"), table, "--replace").code()).isZero();
    assertThat(Command.run("head", table, "--json").json().get(0).get("c").asLong()).isEqualTo(7);
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("mine.txt"), "mine");
    Command refused = Command.run("import", csv("c\n7\n"), other, "--replace");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(other.toFile().list()).containsExactly("mine.txt");
  }

  @Test
  void leavesNothingBehindWhenTheFileIsBad() throws IOException {
    Path table = folder.resolve("t");
    for (String bad : new String[] {"", "a,b\n1,2\n3\n", "a,b\n1,\"x\n"}) {
      Command failed = Command.run("import", csv(bad), table);
      assertThat(failed.code()).as(bad).isEqualTo(1);
      assertThat(failed.errors()).startsWith("error: ").doesNotContain("\tat ");
      assertThat(failed.errors()).doesNotContain("CsvOptions");
      assertThat(table).doesNotExist();
    }
    Path noise = folder.resolve("noise.parquet");
    Files.write(noise, new byte[5000]);
    assertThat(Command.run("import", noise, table).errors()).contains("Parquet");
    assertThat(Command.run("import", folder.resolve("no.csv"), table).errors()).contains("no.csv");
    assertThat(table).doesNotExist();
  }

  @Test
  void keepsBadRowsAsideWhenAsked() throws IOException {
    Path rejects = folder.resolve("rejects");
    Path table = folder.resolve("t");
    Command made = Command.run("import", csv("a,b\n1,2\n3\n4,5\n"), table, "--rejects", rejects);
    assertThat(made.code()).isZero();
    assertThat(rows(table)).isEqualTo(2);
    assertThat(Command.run("head", rejects, "--json").json().get(0).get("line").asLong())
        .isEqualTo(3);
    Command again = Command.run("import", csv("a\n1\n"), folder.resolve("u"), "--rejects", rejects);
    assertThat(again.code()).isEqualTo(1);
    assertThat(folder.resolve("u")).doesNotExist();
  }

  @Test
  void readsNumpysArraysOfOneAndTwoAxes() {
    Path vector = folder.resolve("v.npy");
    try (MappedArray array = Npy.create(vector, DataType.F64, 3)) {
      array.assign(new double[] {1, Double.NaN, 3});
    }
    Path matrix = folder.resolve("m.npy");
    try (MappedArray array = Npy.create(matrix, DataType.U16, 70_000, 2)) {
      array.set(65_535L, 69_999, 1);
    }
    Path cube = folder.resolve("c.npy");
    Npy.create(cube, DataType.I8, 2, 2, 2).close();
    assertThat(Command.run("import", vector, folder.resolve("v")).code()).isZero();
    assertThat(Command.run("get", folder.resolve("v"), "value", 1).out()).isEqualTo("NaN\n");
    assertThat(Command.run("import", matrix, folder.resolve("m")).code()).isZero();
    assertThat(Command.run("get", folder.resolve("m"), "c1", 69_999).out()).isEqualTo("65535\n");
    assertThat(Command.run("import", cube, folder.resolve("c")).errors()).contains("shape");
    assertThat(folder.resolve("c")).doesNotExist();
  }

  @Test
  void exportsWhatItImportsAgainAndReplacesNothing() throws IOException {
    Path table = table();
    for (String name : new String[] {"out.csv", "out.arrow"}) {
      Path file = folder.resolve(name);
      assertThat(Command.run("export", table, file).code()).as(name).isZero();
      Path back = folder.resolve(name + ".table");
      assertThat(Command.run("import", file, back).code()).as(name).isZero();
      assertThat(Command.run("head", back, "--json").json())
          .isEqualTo(Command.run("head", table, "--json").json());
      byte[] before = Files.readAllBytes(file);
      Command again = Command.run("export", table, file);
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.errors()).contains("is there already").doesNotContain("--append");
      assertThat(file).hasBinaryContent(before);
    }
  }

  @Test
  void formatsAndOptionsThatDoNotExistAreUsageErrors() throws IOException {
    Path table = table();
    assertThat(Command.run("export", table, folder.resolve("x.xyz")).code()).isEqualTo(2);
    assertThat(Command.run("import", folder.resolve("x.xyz"), table).code()).isEqualTo(2);
    Path file = csv("a\n1\n");
    Path target = folder.resolve("u");
    assertThat(Command.run("import", file, target, "--type", "a").code()).isEqualTo(2);
    assertThat(Command.run("import", file, target, "--type", "a:int").code()).isEqualTo(2);
    assertThat(Command.run("import", file, target, "--append", "--replace").code()).isEqualTo(2);
    assertThat(Command.run("import", file, target, "--encoding", "a:zip").code()).isEqualTo(2);
    assertThat(Command.run("import", file, table, "--append", "--encoding", "plain").code())
        .isEqualTo(2);
    assertThat(target).doesNotExist();
  }

  @Test
  void writesColumnsInTheEncodingsAskedFor() throws IOException {
    Path table = folder.resolve("t");
    Path file = csv("a,b,c\n1,1.5,x\n2,2.5,x\n");
    Command.run("import", file, table);
    assertThat(Command.run("schema", table).out()).contains("narrow", "scaled", "dictionary");
    Command.run("import", file, table, "--replace", "--encoding", "plain", "--encoding", "b:auto");
    assertThat(Command.run("schema", table).out())
        .contains("plain", "scaled")
        .doesNotContain("narrow", "dictionary");
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "in", ".csv"), text);
  }

  private Path table() throws IOException {
    Path table = folder.resolve("t");
    assertThat(Command.run("import", csv("a,b\n1,x\n2,\n"), table).code()).isZero();
    return table;
  }

  private static long rows(Path table) {
    try (Table open = Table.open(table)) {
      return open.rowCount();
    }
  }
}
