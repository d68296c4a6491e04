package colonnade.cli;

import colonnade.error.TableExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Files and directories named on the command line. */
final class Targets {
  private Targets() {}

  /**
   * The format of a file: what was said, or what its name ends in.
   *
   * @param known the formats that there are, with commas between them
   */
  static String format(CommandSpec spec, @Nullable String said, Path file, String known) {
    String kind = said == null ? extension(file) : said.toLowerCase(Locale.ROOT);
    kind =
        switch (kind) {
          case "txt" -> "csv";
          case "tab" -> "tsv";
          case "feather", "ipc", "arrows" -> "arrow";
          default -> kind;
        };
    if (!List.of(known.split(", ")).contains(kind)) {
      throw new ParameterException(
          spec.commandLine(),
          (kind.isEmpty()
                  ? "The name of " + file + " does not end in a format"
                  : "'" + kind + "' is not a format that " + spec.name() + " knows")
              + "; there are "
              + known
              + ". Say which with --format");
    }
    return kind;
  }

  /** What the file's name ends in after the last dot, in lower case; empty without a dot. */
  private static String extension(Path path) {
    Path last = path.getFileName();
    String name = last == null ? "" : last.toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Refuses a target that exists. */
  static void requireAbsent(Path target, String remedy) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new TableExistsException(target.toString(), target + " is there already", remedy);
    }
  }
}
