package colonnade.cli;

import colonnade.cli.doctor.Advice;
import colonnade.cli.doctor.Doctor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade doctor PLACE}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Look at the file system, the limits, the settings of dirty pages, the memory and the JVM,"
            + " and say what to change. Changes nothing.")
final class DoctorCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PLACE",
      arity = "0..1",
      defaultValue = ".",
      description = "Where a table is or shall be; the present directory if left out.")
  private Path place;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<Advice> all = Doctor.examine(place);
    if (json) {
      List<Map<String, Object>> report = new ArrayList<>();
      for (Advice advice : all) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("level", advice.level().name().toLowerCase(Locale.ROOT));
        entry.put("subject", advice.subject());
        entry.put("found", advice.found());
        entry.put("remedy", advice.remedy());
        report.add(entry);
      }
      JsonOutput.print(report);
      return 0;
    }
    for (Advice advice : all) {
      System.out.printf(
          "%-6s  %-14s  %s%n",
          advice.level().name().toLowerCase(Locale.ROOT), advice.subject(), advice.found());
      if (!advice.remedy().isEmpty()) {
        System.out.println("        " + advice.remedy());
      }
    }
    return 0;
  }
}
