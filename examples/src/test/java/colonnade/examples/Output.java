package colonnade.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** What a program printed and how it ended. */
record Output(int code, String text) {
  /** Runs {@code program} in this process and catches what it prints to standard output. */
  static Output of(Callable<Integer> program) throws Exception {
    var bytes = new ByteArrayOutputStream();
    PrintStream standard = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int code = program.call();
      return new Output(code, bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(standard);
    }
  }

  /** Runs a process in {@code folder}; its errors are part of the text. */
  static Output ofProcess(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), text);
  }

  /** The last line that is an answer. */
  String answer() {
    return text.lines()
        .filter(line -> line.startsWith("answer: "))
        .reduce((_, last) -> last)
        .orElseThrow(() -> new AssertionError("no answer in\n" + text));
  }
}
