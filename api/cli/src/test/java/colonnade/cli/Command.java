package colonnade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/** A command line that was run in this process: its exit code and what it printed. */
record Command(int code, String out, String errors) {
  /** Runs the command; paths and numbers may be given as they are. */
  static synchronized Command run(Object... arguments) {
    PrintStream out = System.out;
    PrintStream errors = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errorBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, UTF_8));
      System.setErr(new PrintStream(errorBytes, true, UTF_8));
      int code = Main.run(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
      return new Command(code, outBytes.toString(UTF_8), errorBytes.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(errors);
    }
  }

  /** All of standard output as one JSON value. */
  JsonNode json() throws JsonProcessingException {
    return new ObjectMapper()
        .readerFor(JsonNode.class)
        .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .readValue(out);
  }
}
