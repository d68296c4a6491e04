package colonnade.hostile;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The files that fuzzing of a test class starts from and what it has found, each as the bytes of
 * one test: {@code FooFuzzTestInputs/fuzz} beside the class. Fuzzing itself reads the same folder
 * and puts findings there. A plain test reads it without the fuzzer's agent, and so with no JVM
 * flag.
 */
public final class Corpus implements ArgumentsProvider {
  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context)
      throws IOException, URISyntaxException {
    Class<?> target = context.getRequiredTestClass();
    String folder = target.getSimpleName() + "Inputs/fuzz";
    URL found = target.getResource(folder);
    if (found == null) {
      throw new IllegalStateException("no folder " + folder + " beside " + target.getName());
    }
    List<Arguments> inputs = new ArrayList<>();
    inputs.add(Arguments.of(Named.of("nothing", new byte[0])));
    try (Stream<Path> files = Files.list(Path.of(found.toURI()))) {
      for (Path file : files.sorted().toList()) {
        inputs.add(
            Arguments.of(Named.of(String.valueOf(file.getFileName()), Files.readAllBytes(file))));
      }
    }
    if (inputs.size() < 2) {
      throw new IllegalStateException(folder + " is empty");
    }
    return inputs.stream();
  }
}
