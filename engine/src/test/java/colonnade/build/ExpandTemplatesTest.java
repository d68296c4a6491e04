package colonnade.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The template program of {@code src/build}, compiled here and called as the build calls it. */
class ExpandTemplatesTest {
  @TempDir static Path classes;
  private static URLClassLoader loader;
  private static Method run;

  @TempDir Path folder;
  private Path templates;
  private Path output;

  @BeforeAll
  static void compileTheProgram() throws Exception {
    String source = ProjectRoot.path().resolve("src/build/ExpandTemplates.java").toString();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source);
    assertThat(failed).isZero();
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
    run =
        loader
            .loadClass("ExpandTemplates")
            .getDeclaredMethod("run", PrintStream.class, String[].class);
    run.setAccessible(true);
  }

  @AfterAll
  static void closeTheLoader() throws IOException {
    loader.close();
  }

  @BeforeEach
  void makeFolders() throws IOException {
    templates = Files.createDirectories(folder.resolve("templates/sub"));
    output = folder.resolve("output");
  }

  @Test
  void writesOneFilePerVariantWhenTheNameHoldsAKey() throws Exception {
    template(
        "Add${Name}.java.template",
        """
        ## left out
        #variants
          Name   type    one
          Int    int     1
          Double double  (double)~1
        #end
        class Add${Name} {
          #if type=double|float
          // floating ${type}
          #else
          // whole ${type}
          #endif
          #if type!=int
          // not int
          #endif
          ${type} next(${type} x) { return x + ${one}; }
        }
        """);

    assertThat(expand()).isEmpty();
    assertThat(output("AddInt.java"))
        .isEqualTo(
            """
            // Expanded from Add${Name}.java.template: change that file, not this one.
            class AddInt {
              // whole int
              int next(int x) { return x + 1; }
            }
            """);
    assertThat(output("AddDouble.java"))
        .contains(
            "// floating double", "// not int", "double next(double x) { return x + (double) 1; }");
  }

  @Test
  void repeatsABodyForEveryRowAndTheInnerRowWins() throws Exception {
    template(
        "All.java.template",
        """
        #variants outer
          type  suffix
          int   I
          long  L
        #end
        #variants inner
          op    sign  suffix
          add   +     ${type}_${op}
          blank _     none
        #end
        class All {
        #each outer
          // ${suffix}
        #each inner
          // ${type} ${op} [${sign}] ${suffix}
        #endeach
        #endeach
        }
        """);

    assertThat(expand()).isEmpty();
    assertThat(output("All.java").lines().skip(2).map(String::strip))
        .containsExactly(
            "// I",
            "// int add [+] int_add",
            "// int blank [] none",
            "// L",
            "// long add [+] long_add",
            "// long blank [] none",
            "}");
  }

  @Test
  void leavesUnchangedFilesAloneAndDeletesWhatNoTemplateMakes() throws Exception {
    Path kept = template("Kept.java.template", "class Kept {}\n");
    Path gone = template("Gone.java.template", "class Gone {}\n");
    expand();
    Path target = output.resolve("sub/Kept.java");
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(target, old);
    Files.delete(gone);

    expand();
    assertThat(Files.getLastModifiedTime(target)).isEqualTo(old);
    assertThat(output.resolve("sub/Gone.java")).doesNotExist();

    Files.writeString(kept, "final class Kept {}\n");
    expand();
    assertThat(Files.readString(target)).endsWith("final class Kept {}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1: no key x here                             | class A { ${x} }
          3: 1 cells, but the header has 2 keys [a, b] | #variants;a b;1;#end
          2: a key stands twice in the header          | #variants;a a;1 1;#end
          1: the table variants has no row             | #variants;a b;#end
          1: #variants is never closed                 | #variants;a b
          5: no table other; the file has [variants]   | #variants;a;1;#end;#each other;#endeach
          5: #each is never closed                     | #variants;a;1;#end;#each;x
          6: #endif closes nothing                     | #variants;a;1;#end;#each;#endif;#endeach
          6: expected #if key=value                    | #variants;a;1;#end;#each;#if a~1;#endif
          1: unknown directive #elif                   | #elif a=1
          """)
  void namesFileAndLineOfAMistakeAndWritesNothing(String message, String lines) throws Exception {
    template("Good.java.template", "class Good {}\n");
    template("Wrong.java.template", lines.replace(';', '\n'));
    assertThat(expand()).contains("Wrong.java.template:" + message);
    assertThat(output).doesNotExist();
  }

  private Path template(String name, String text) throws IOException {
    return Files.writeString(templates.resolve(name), text);
  }

  private String output(String name) throws IOException {
    return Files.readString(output.resolve("sub").resolve(name));
  }

  /** What the program printed; empty when it succeeded. */
  private String expand() throws IllegalAccessException, InvocationTargetException {
    var printed = new ByteArrayOutputStream();
    var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    String[] arguments = {folder.resolve("templates").toString(), output.toString()};
    Object code = run.invoke(null, stream, arguments);
    String message = printed.toString(StandardCharsets.UTF_8);
    assertThat(code).isEqualTo(message.isEmpty() ? 0 : 1);
    return message;
  }
}
