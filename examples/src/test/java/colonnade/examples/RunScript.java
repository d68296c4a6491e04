package colonnade.examples;

import colonnade.cli.jsh.JshRunner;
import java.nio.file.Path;
import java.util.List;

/** Runs one script in a process of its own, because scripts use paths of the working folder. */
final class RunScript {
  private RunScript() {}

  public static void main(String[] args) {
    int code = JshRunner.run(Path.of(args[0]), List.of(), System.err);
    if (code != JshRunner.DONE) {
      throw new IllegalStateException("the script ended with " + code);
    }
  }
}
