package colonnade.benchmarks.peers;

import colonnade.benchmarks.Options;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A peer in a process of its own that runs a program of ours, which takes commands on standard
 * input and answers each with a line of fields apart by tabs: {@code ok …}, or {@code error} and a
 * message. It measures its own time, so the pipe does not count.
 */
abstract class SidePeer implements Peer {
  private final String name;
  private final String language;
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;
  private final String version;

  /**
   * Starts the program.
   *
   * @param language what questions are put in where there is no text for this peer alone
   * @param remedy what is missing if it does not start
   */
  SidePeer(
      String name,
      String language,
      List<String> command,
      Map<String, String> environment,
      String remedy)
      throws IOException, MissingPeerException {
    this.name = name;
    this.language = language;
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    try {
      process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      throw new MissingPeerException("cannot run " + command.getFirst() + "; " + remedy);
    }
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    String greeting = answer();
    if (greeting == null || !greeting.startsWith("ok\t")) {
      process.destroy();
      throw new MissingPeerException(remedy);
    }
    version = greeting.substring(3);
  }

  /** A script of ours, copied to where another program can read it. */
  static String script(Options options, String name) throws IOException {
    Path copy = Files.createDirectories(options.directory()).resolve(name);
    try (InputStream source = SidePeer.class.getResourceAsStream(name)) {
      Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy.toString();
  }

  /** The fields after {@code ok}. */
  final List<String> ask(String... command) throws IOException {
    commands.write(String.join("\t", command));
    commands.newLine();
    commands.flush();
    String answer = answer();
    if (answer == null) {
      throw new IOException(name + " ended while it worked on " + Arrays.toString(command));
    }
    String[] fields = answer.split("\t", -1);
    if (!fields[0].equals("ok")) {
      throw new IOException(name + ": " + answer);
    }
    return Arrays.asList(fields).subList(1, fields.length);
  }

  /** The next line that is an answer: some libraries print greetings of their own. */
  private @Nullable String answer() throws IOException {
    String line = answers.readLine();
    while (line != null && !line.startsWith("ok\t") && !line.startsWith("error\t")) {
      line = answers.readLine();
    }
    return line;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String version() {
    return version;
  }

  @Override
  public final long pid() {
    return process.pid();
  }

  @Override
  public final Optional<String> refusal(Question question) {
    return Peer.super
        .refusal(question)
        .or(() ->
            question.text(name, language).isPresent()
                ? Optional.empty()
                : Optional.of("not put into its language"));
  }

  @Override
  public final Fingerprint fingerprint(Question question) throws IOException {
    List<String> fields = send("check", question);
    double[] sums = numbers(fields.get(2));
    return Fingerprint.of(
        Long.parseLong(fields.get(0)), Long.parseLong(fields.get(1)), sums, numbers(fields.get(3)));
  }

  @Override
  public final long runNanos(Question question) throws IOException {
    return Long.parseLong(send("run", question).getFirst());
  }

  private List<String> send(String verb, Question question) throws IOException {
    return ask(
        verb,
        question.dataset(),
        Integer.toString(question.keys()),
        String.join(",", question.large()),
        question.text(name, language).orElseThrow().replaceAll("\\s+", " "));
  }

  private static double[] numbers(String text) {
    return text.isEmpty()
        ? new double[0]
        : Arrays.stream(text.split(",")).mapToDouble(SidePeer::number).toArray();
  }

  private static double number(String text) {
    return switch (text) {
      case "nan", "NaN" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  @Override
  public final void close() {
    process.destroy();
  }
}
