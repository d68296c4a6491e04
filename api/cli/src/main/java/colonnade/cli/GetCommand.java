package colonnade.cli;

import colonnade.Table;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade get TABLE COLUMN ROW}. */
@Command(name = "get", mixinStandardHelpOptions = true, description = "Print one value.")
final class GetCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Parameters(paramLabel = "COLUMN", description = "A column's name.")
  private String column;

  @Parameters(paramLabel = "ROW", description = "A row's number, from 0.")
  private long row;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private AtFlag at;

  @Override
  public Integer call() {
    try (Table table = at.open(path)) {
      Object value = table.get(column, row);
      if (json) {
        JsonOutput.print(JsonOutput.cell(value));
      } else {
        System.out.println(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
      }
    }
    return 0;
  }
}
