package colonnade.examples;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import jdk.jshell.tool.JavaShellToolBuilder;

/**
 * Runs the JDK's shell and pastes a text into it, as a terminal does: with marks around it.
 * Arguments: the file with the text, then those of the shell.
 */
final class PasteIntoShell {
  private PasteIntoShell() {}

  public static void main(String[] args) throws Exception {
    String text = Files.readString(Path.of(args[0])).replace('\n', '\r');
    byte[] keys = ("\u001b[200~" + text + "\u001b[201~\r/exit\r").getBytes(StandardCharsets.UTF_8);
    JavaShellToolBuilder.builder()
        .in(new ByteArrayInputStream(keys), null)
        .interactiveTerminal(true)
        .persistence(new HashMap<>())
        .env(Map.of("TERM", "xterm"))
        .start(Arrays.copyOfRange(args, 1, args.length));
  }
}
