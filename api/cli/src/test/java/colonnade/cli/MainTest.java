package colonnade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.KeyedTable;
import colonnade.Schema;
import colonnade.Table;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command on a small table: what it prints where, and its exit code. */
class MainTest {
  @TempDir Path folder;
  private Path table;

  @BeforeEach
  void aTable() {
    table = folder.resolve("small");
    try (Table rows =
            Table.of(
                "n", new Long[] {1L, null, 3L},
                "x", new double[] {0.5, Double.NaN, -1},
                "day", new LocalDate[] {LocalDate.of(2001, 1, 2), null, null},
                "text", new String[] {"a", "\"ü\"", ""});
        Table written = rows.writeTo(table)) {
      assertThat(written.rowCount()).isEqualTo(3);
    }
  }

  @Test
  void printsJsonAloneOnStandardOutput() throws IOException {
    assertThat(ok("schema", table, "--json").json().get("columns").get(0).get("sorted").asText())
        .isEqualTo("unknown");
    assertThat(ok("schema", table, "--json").json().get("columns").get(2).get("type").asText())
        .isEqualTo("date");
    assertThat(ok("head", table, "-n", 2, "--json").json().toString())
        .isEqualTo(
            "[{\"n\":1,\"x\":0.5,\"day\":\"2001-01-02\",\"text\":\"a\"},"
                + "{\"n\":null,\"x\":\"NaN\",\"day\":null,\"text\":\"\\\"ü\\\"\"}]");
    assertThat(ok("describe", table, "--json").json()).hasSize(4);
    assertThat(ok("stat", table, "--json").json().get("rows").asLong()).isEqualTo(3);
    assertThat(ok("get", table, "text", 1, "--json").json().asText()).isEqualTo("\"ü\"");
    assertThat(ok("verify", table, "--json").json().get("sound").asBoolean()).isTrue();
    assertThat(ok("repair", table, "--json").json().get("repaired").asBoolean()).isFalse();
    assertThat(ok("doctor", table, "--json").json().findValuesAsText("subject")).contains("space");
  }

  @Test
  void printsTextForPeople() {
    assertThat(ok("schema", table).out()).contains("day", "date", "3 rows");
    assertThat(ok("head", table).out()).contains("2001-01-02", "3 rows");
    assertThat(ok("describe", table).out()).contains("mean", "4 rows");
    assertThat(ok("stat", table).out()).contains("generation 1, 3 rows", "read: ", "all columns");
    assertThat(ok("verify", table).out()).contains("sound");
    assertThat(ok("repair", table).out()).contains("nothing was changed");
    assertThat(ok("doctor", table).out()).contains("file system", "heap", "SIMD");
  }

  @Test
  void putsOneValueAsANewGeneration() {
    ok("put", table, "n", 1, "-5");
    ok("put", table, "day", 1, "2002-03-04");
    ok("put", table, "text", 2, "--null");
    assertThat(ok("get", table, "n", 1).out()).isEqualTo("-5\n");
    assertThat(ok("get", table, "day", 1).out()).isEqualTo("2002-03-04\n");
    assertThat(ok("get", table, "text", 2).out()).isEqualTo("null\n");
    assertThat(ok("stat", table).out()).contains("generation 4");
    assertThat(failed("put", table, "n", 0, "x").errors()).contains("'x' is no i64");
    assertThat(failed("put", table, "n", 3, "1").errors()).contains("no row 3");
    assertThat(failed("put", table, "m", 0, "1").errors()).contains("no column 'm'");
    wrong("put", table, "n", 0);
    wrong("put", table, "n", 0, "1", "--null");
    assertThat(ok("get", table, "n", 0).out()).isEqualTo("1\n");
  }

  @Test
  void showsWhatTheLastCommitWroteAndWasMeantTo() throws IOException {
    assertThat(ok("stat", table).out()).contains("its commit (create): 65 bytes meant, ");
    ok("put", table, "n", 1, "-5");
    JsonNode stat = ok("stat", table, "--json").json();
    assertThat(stat.get("operation").asText()).isEqualTo("replace n");
    JsonNode written = stat.get("written");
    long manifest = Files.size(table.resolve("manifest-000000000002"));
    assertThat(written.get("logicalBytes").asLong()).isEqualTo(8);
    assertThat(written.get("writtenBytes").asLong()).isBetween(manifest, manifest + 32);
    assertThat(written.get("amplification").asDouble()).isGreaterThan(manifest / 8.0);
    String text = String.format(Locale.ROOT, "%,d written", written.get("writtenBytes").asLong());
    assertThat(ok("stat", table).out()).contains("its commit (replace n): 8 bytes meant, " + text);
    JsonNode history = ok("history", table, "--json").json();
    assertThat(history.get(0).get("written")).isEqualTo(written);
    assertThat(history.get(1).get("written").get("logicalBytes").asLong()).isEqualTo(65);
    assertThat(ok("history", table).out()).contains("written", "times");
  }

  @Test
  void saysNothingOfWhatWasWrittenWhereTheManifestDoesNot() throws IOException {
    // As tables were written before it was recorded.
    Path manifest = table.resolve("manifest-000000000001");
    String text = Files.readString(manifest).replaceAll("\"written\": .*\n", "");
    String body = text.substring(0, text.lastIndexOf("\"crc32c\""));
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        manifest, body + String.format("\"crc32c\": \"%08x\"}\n", (int) crc.getValue()));
    assertThat(ok("stat", table).out()).contains("generation 1, 3 rows").doesNotContain("meant");
    assertThat(ok("stat", table, "--json").json().get("written").isNull()).isTrue();
    assertThat(ok("history", table).out()).containsPattern("-\\s+-\\s+create");
  }

  @Test
  void getsTheRowOfAKey() {
    Path path = folder.resolve("keyed");
    try (KeyedTable keyed =
        KeyedTable.create(path, Schema.of("day", DataType.DATE, "n", DataType.I64), "day")) {
      keyed.put(LocalDate.of(2001, 2, 3), 5).commit();
      keyed.put(LocalDate.of(2001, 2, 3), 6).commit();
    }
    assertThat(ok("get", path, "n", "--key", "2001-02-03").out()).isEqualTo("6\n");
    assertThat(failed("get", path, "n", "--key", "2001-02-04").errors()).contains("no row");
    assertThat(failed("get", path, "n", "--key", "tomorrow").errors()).contains("is no date");
    assertThat(failed("get", table, "n", "--key", "1").errors()).contains("no keyed table");
    wrong("get", path, "n", "0", "--key", "2001-02-03");
    wrong("get", path, "n", "--key", "2001-02-03", "--at", "1");
    wrong("get", path, "n");
  }

  @Test
  void vacuumsAKeyedTable() {
    Path path = folder.resolve("keyed");
    try (KeyedTable keyed =
        KeyedTable.create(path, Schema.of("k", DataType.I64, "n", DataType.I64), "k")) {
      keyed.put(1L, 5).put(2L, 5).commit();
      keyed.put(1L, 6).commit();
      keyed.remove(2L);
      keyed.commit();
    }
    assertThat(ok("vacuum", path).out()).isEqualTo(path + ": 3 rows left out, 1 kept\n");
    assertThat(ok("vacuum", path, "--json").out()).contains("\"removed\" : 0", "\"rows\" : 1");
    assertThat(ok("get", path, "n", "--key", "1").out()).isEqualTo("6\n");
    assertThat(failed("get", path, "n", "--key", "2").errors()).contains("no row");
    assertThat(ok("vacuum", table).out()).isEqualTo(table + ": 0 rows of patches folded\n");
  }

  @Test
  void foldsThePatchesOfATable() throws IOException {
    Path path = folder.resolve("cubes");
    try (Table rows = Table.of("n", LongStream.range(0, 1_000).map(n -> n * n * n).toArray())) {
      rows.writeTo(path).close();
    }
    ok("put", path, "n", 7, "-5");
    assertThat(ok("stat", path).out()).contains("patched: 1 rows of n", ".patch");
    assertThat(ok("stat", path, "--json").json().get("patchedRows").get("n").asInt()).isEqualTo(1);
    assertThat(ok("get", path, "n", 7).out()).isEqualTo("-5\n");
    assertThat(ok("vacuum", path).out()).isEqualTo(path + ": 1 rows of patches folded\n");
    assertThat(ok("vacuum", path, "--json").json().get("folded").asInt()).isZero();
    assertThat(ok("stat", path).out()).doesNotContain("patched:").contains("generation 3");
    assertThat(ok("get", path, "n", 7).out()).isEqualTo("-5\n");
  }

  @Test
  void saysWhatIsWrongWithTheCommandLine() {
    assertThat(wrong("impot").errors()).contains("no command 'impot'", "colonnade import");
    wrong();
    wrong("schema");
    wrong("schema", table, "--nope");
    wrong("get", table, "n", "first");
    wrong("head", table, "-n", "-1");
    assertThat(ok("--help").out()).contains("import", "repair");
    assertThat(ok("import", "--help").out()).contains("--append");
    assertThat(ok("--version").out()).startsWith("colonnade");
  }

  @Test
  void saysInOneMessageWhyATableCannotBeUsed() throws IOException {
    Path plain = Files.createDirectory(folder.resolve("plain"));
    for (String command : new String[] {"schema", "head", "describe", "stat", "verify", "repair"}) {
      assertThat(failed(command, folder.resolve("none")).errors()).contains("none");
      assertThat(failed(command, plain).errors()).contains("is no table");
      assertThat(failed(command, "--debug", plain).errors()).contains("\tat colonnade");
      assertThat(failed("--debug", command, plain).errors()).contains("\tat colonnade");
    }
    failed("export", plain, folder.resolve("x.csv"));
    assertThat(folder.resolve("x.csv")).doesNotExist();
    failed("shell", plain);
  }

  @Test
  void findsDamageAndGoesBackToWhatIsWhole() throws IOException {
    ok("put", table, "n", 0, "8");
    Path newest;
    try (Stream<Path> files = Files.list(table)) {
      newest =
          files.filter(f -> f.getFileName().toString().startsWith("c0-n-2.narrow")).findAny().get();
    }
    try (FileChannel file = FileChannel.open(newest, StandardOpenOption.WRITE)) {
      file.truncate(1);
    }
    assertThat(failed("head", table).errors()).contains("1 bytes", "colonnade repair");
    Command verified = Command.run("verify", table, "--json");
    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.json().get("sound").asBoolean()).isFalse();
    assertThat(ok("repair", table).out())
        .contains("damage: column 'n'", "c0-n-2.narrow", "lost: generation 2", "changed values")
        .contains("generation 1 is back as generation 3");
    assertThat(ok("get", table, "n", 0).out()).isEqualTo("1\n");
    assertThat(ok("verify", table, "--json").json().get("sound").asBoolean()).isTrue();
  }

  @Test
  void takesACopyInOnceAllOfItIsSound() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    assertThat(ok("stat", table).out()).doesNotContain("copied");
    assertThat(ok("stat", copy).out()).contains("checked on touch", "colonnade verify --adopt");
    assertThat(ok("stat", copy, "--json").json().get("reading").get("n").asText())
        .contains("copied here from elsewhere");
    assertThat(ok("verify", copy).out()).doesNotContain("adopt");
    assertThat(ok("verify", "--adopt", copy).out()).contains("sound", "adopted as generation 2");
    assertThat(ok("stat", copy).out()).doesNotContain("copied");
    assertThat(ok("verify", "--adopt", copy).out()).contains("at home here; nothing was changed");
    assertThat(ok("verify", "--adopt", copy, "--json").json().get("adopted").isNull()).isTrue();
    assertThat(ok("history", copy).out()).contains("adopt");
  }

  @Test
  void tellsTheHistoryAndGoesBack() throws IOException {
    ok("put", table, "n", 0, "8");
    assertThat(ok("history", table).out()).contains("replace n", "create");
    assertThat(ok("history", table, "--json").json().get(0).get("generation").asLong())
        .isEqualTo(2);
    assertThat(ok("get", table, "n", 0, "--at", 1).out()).isEqualTo("1\n");
    assertThat(ok("head", table, "--at", 1, "-n", 1, "--json").json().get(0).get("n").asLong())
        .isEqualTo(1);
    assertThat(ok("schema", table, "--at", 1).out()).contains("generation 1");
    assertThat(ok("diff", table, 1, 2).out()).isEqualTo("n: 1 rows changed\n");
    assertThat(ok("diff", table, 2, 2).out()).isEqualTo("no difference\n");
    var changed = ok("diff", table, 1, 2, "--column", "n", "--json").json();
    assertThat(changed.size()).isEqualTo(1);
    assertThat(changed.get(0).get("row").asLong()).isZero();
    assertThat(changed.get(0).get("before").asLong()).isEqualTo(1);
    assertThat(changed.get(0).get("after").asLong()).isEqualTo(8);
    assertThat(
            ok("diff", table, 1, 2, "--json")
                .json()
                .get("columns")
                .get(0)
                .get("changedRows")
                .asLong())
        .isEqualTo(1);
    assertThat(ok("undo", table).out()).contains("generation 1 is back as generation 3, 3 rows");
    assertThat(ok("get", table, "n", 0).out()).isEqualTo("1\n");
    assertThat(ok("undo", table, "--to", 2, "--json").json().get("generation").asLong())
        .isEqualTo(4);
    assertThat(ok("get", table, "n", 0).out()).isEqualTo("8\n");
    assertThat(failed("undo", table, "--to", 9).errors()).contains("no generation 9");
    assertThat(failed("head", table, "--at", 9).errors()).contains("no generation 9");
    wrong("head", table, "--at", "x");
  }

  @Test
  void runsAScriptWithItsArguments() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("s.jsh"), "System.out.println(String.join(\" \", args))\n");
    assertThat(ok("run", script, "--debug").out()).isEqualTo("--debug\n");
    assertThat(ok("run", script, "a", "--help", "-x", "b", "--", "c").out())
        .isEqualTo("a --help -x b -- c\n");
    assertThat(wrong("run", "--nope", script).errors()).contains("--nope");
    Files.writeString(script, "throw new IllegalStateException(\"no\");\n");
    assertThat(Command.run("run", script).code()).isEqualTo(1);
  }

  private static Command ok(Object... arguments) {
    Command command = Command.run(arguments);
    assertThat(command.errors()).isEmpty();
    assertThat(command.code()).isZero();
    return command;
  }

  private static Command failed(Object... arguments) {
    Command command = Command.run(arguments);
    assertThat(command.code()).as(command.toString()).isEqualTo(1);
    assertThat(command.out()).isEmpty();
    assertThat(command.errors()).isNotBlank();
    if (!Stream.of(arguments).anyMatch("--debug"::equals)) {
      assertThat(command.errors()).startsWith("error: ").doesNotContain("\tat ");
    }
    return command;
  }

  private static Command wrong(Object... arguments) {
    Command command = Command.run(arguments);
    assertThat(command.code()).as(command.toString()).isEqualTo(2);
    assertThat(command.out()).isEmpty();
    assertThat(command.errors()).startsWith("error: ").contains("--help");
    return command;
  }
}
