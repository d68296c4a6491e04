package colonnade.cli;

import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.WriteOptions;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The values of {@code --encoding}: a choice for all columns, or {@code COLUMN:CHOICE}. */
final class EncodingFlags {
  private EncodingFlags() {}

  /** How to write what these ask for; a usage error for a choice that does not exist. */
  static WriteOptions parse(CommandSpec spec, String[] encodings) {
    WriteOptions writing = WriteOptions.DEFAULT;
    for (String encoding : encodings) {
      int colon = encoding.lastIndexOf(':');
      EncodingChoice choice = choice(spec, encoding.substring(colon + 1));
      writing =
          colon < 0
              ? writing.withEncoding(choice)
              : writing.withEncoding(encoding.substring(0, colon), choice);
    }
    return writing;
  }

  private static EncodingChoice choice(CommandSpec spec, String name) {
    return Arrays.stream(EncodingChoice.values())
        .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(),
                "--encoding takes auto, plain or dictionary, with COLUMN: before it or not; not '"
                    + name
                    + "'"));
  }
}
