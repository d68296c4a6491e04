package colonnade;

import colonnade.error.MalformedInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is in a CSV file: names, types, whether the first record is a header, the number of rows. An
 * immutable value.
 *
 * @param given for each column whether its type was given, so that values may not fit it
 * @param rowCount rows that can be read; empty if all types were given and nothing was read yet
 */
record CsvLayout(Schema schema, boolean[] given, boolean header, OptionalLong rowCount) {
  /**
   * Looks at the file: at its first record if all types are given, else at all of it, so that no
   * later value can contradict a type.
   */
  static CsvLayout of(Path path, CsvOptions options) {
    if (options.rejects() != null) {
      options.rejects().clear();
    }
    try (CsvScan scan = new CsvScan(path, options, 1, 2, -1)) {
      CsvFields first = scan.next();
      if (first == null) {
        throw new MalformedInputException(
            path.toString(), path + " has no records", "There is nothing to read in it.");
      }
      Boolean wanted = options.header();
      boolean header = wanted != null ? wanted : looksLikeHeader(first);
      List<String> names = names(first, header);
      scan.keepEmptyLines(names.size() == 1);
      options.types().keySet().forEach(name -> known(name, names, path));
      CsvGuess[] guesses = new CsvGuess[names.size()];
      boolean[] given = new boolean[names.size()];
      boolean allGiven = true;
      for (int i = 0; i < guesses.length; i++) {
        guesses[i] = new CsvGuess();
        given[i] = options.types().containsKey(names.get(i));
        allGiven &= given[i];
      }
      OptionalLong rowCount = OptionalLong.empty();
      if (!allGiven) {
        Schema provisional = schema(names, options, guesses);
        CsvRowCheck check = new CsvRowCheck(scan, options, provisional, given);
        rowCount =
            OptionalLong.of(read(scan, check, options, guesses, given, header ? null : first));
      }
      return new CsvLayout(schema(names, options, guesses), given, header, rowCount);
    }
  }

  private static long read(
      CsvScan scan,
      CsvRowCheck check,
      CsvOptions options,
      CsvGuess[] guesses,
      boolean[] given,
      @Nullable CsvFields first) {
    long rows = 0;
    for (CsvFields fields = first == null ? scan.next() : first;
        fields != null;
        fields = scan.next()) {
      if (!check.accepts(fields)) {
        continue;
      }
      rows++;
      for (int c = 0; c < guesses.length; c++) {
        if (!given[c] && fields.length(c) > 0 && !check.isNull(fields, c, DataType.UTF8)) {
          guesses[c].see(fields.text(), fields.start(c), fields.end(c));
        }
      }
    }
    return rows;
  }

  /** A header unless a field without quotes is a number, a truth value, a date or a timestamp. */
  private static boolean looksLikeHeader(CsvFields fields) {
    for (int i = 0; i < fields.count(); i++) {
      CsvGuess guess = new CsvGuess();
      guess.see(fields.text(), fields.start(i), fields.end(i));
      if (!fields.isQuoted(i) && fields.length(i) > 0 && guess.type() != DataType.UTF8) {
        return false;
      }
    }
    return true;
  }

  /** The header's names, {@code column3} where one is empty, {@code name_2} where one repeats. */
  private static List<String> names(CsvFields first, boolean header) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    Map<String, Integer> uses = new HashMap<>();
    for (int i = 0; i < first.count(); i++) {
      String name = header ? first.field(i).strip() : "";
      String base = name.isEmpty() ? "column" + (i + 1) : name;
      String unique = base;
      while (!taken.add(unique)) {
        unique = base + "_" + (uses.merge(base, 1, Integer::sum) + 1);
      }
      names.add(unique);
    }
    return names;
  }

  private static void known(String name, List<String> names, Path path) {
    if (!names.contains(name)) {
      Schema schema =
          new Schema(names.stream().map(other -> new Field(other, DataType.UTF8)).toList());
      throw colonnade.error.UnknownColumnException.of(name, schema, path.toString());
    }
  }

  private static Schema schema(List<String> names, CsvOptions options, CsvGuess[] guesses) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < guesses.length; i++) {
      DataType type = options.types().get(names.get(i));
      fields.add(new Field(names.get(i), type != null ? type : guesses[i].type()));
    }
    return new Schema(fields);
  }
}
