package colonnade.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Options of a benchmark: {@code --name value} pairs. */
record Options(Map<String, String> values) {
  static Options parse(String[] args) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new IllegalArgumentException("options are pairs: --name value; not " + args[i]);
      }
      values.put(args[i].substring(2), args[i + 1]);
    }
    return new Options(values);
  }

  long number(String name, long otherwise) {
    return Long.parseLong(values.getOrDefault(name, Long.toString(otherwise)).replace("_", ""));
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  int threads() {
    return (int) number("threads", 2);
  }

  /** Where data is generated and kept between runs. */
  Path directory() {
    return Path.of(text("dir", System.getProperty("java.io.tmpdir") + "/colonnade-benchmarks"));
  }
}
