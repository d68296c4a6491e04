package colonnade.cli;

import colonnade.engine.store.Adoption;
import colonnade.engine.store.Finding;
import colonnade.engine.store.Verification;
import colonnade.engine.store.Verifier;
import colonnade.engine.store.WriteOptions;
import colonnade.error.PrintableText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade verify TABLE}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Read every file of the table and compare it with its checksums. Exit code 1 if data is"
            + " damaged. With --adopt, a sound table that was copied here is no longer checked at"
            + " the first touch.")
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Option(
      names = "--adopt",
      description = "If all is sound, publish the newest generation as one of this directory.")
  private boolean adopt;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Adoption.Outcome outcome =
        adopt
            ? Adoption.adopt(path, WriteOptions.DEFAULT)
            : new Adoption.Outcome(Verifier.verify(path), 0);
    Verification result = outcome.verification();
    if (json) {
      List<Map<String, Object>> findings = new ArrayList<>();
      for (Finding finding : result.findings()) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", finding.kind().name().toLowerCase(java.util.Locale.ROOT));
        entry.put("place", finding.place());
        entry.put("problem", finding.problem());
        entry.put("remedy", finding.remedy());
        findings.add(entry);
      }
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("sound", result.isSound());
      report.put("generation", result.generation());
      report.put("bytesRead", result.bytesRead());
      if (adopt) {
        report.put("adopted", outcome.published() == 0 ? null : outcome.published());
      }
      report.put("findings", findings);
      JsonOutput.print(report);
    } else {
      result
          .findings()
          .forEach(
              finding -> System.out.println(PrintableText.of(finding.kind() + ": " + finding)));
      System.out.printf(
          "%s: generation %d, %,d bytes read: %s%n",
          path, result.generation(), result.bytesRead(), result.isSound() ? "sound" : "DAMAGED");
      if (outcome.published() > 0) {
        System.out.printf("adopted as generation %d%n", outcome.published());
      } else if (adopt && result.isSound()) {
        System.out.println("it is at home here; nothing was changed");
      }
    }
    return result.isSound() ? 0 : 1;
  }
}
