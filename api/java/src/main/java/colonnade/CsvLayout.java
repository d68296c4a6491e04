package colonnade;

import colonnade.engine.csv.TextColumn;
import colonnade.engine.csv.TypeGuess;
import colonnade.engine.exec.QueryMemory;
import colonnade.error.UnknownColumnException;
import java.nio.charset.StandardCharsets;
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
 * @param texts for each column its texts, where they are known
 * @param pieces where to read the file at several places at once; null where that is not known
 * @param kept the memory of what is kept of the pieces; null where nothing is
 */
record CsvLayout(
    CsvHead head,
    Schema schema,
    boolean[] given,
    boolean header,
    OptionalLong rowCount,
    @Nullable TextColumn[] texts,
    @Nullable CsvPieces pieces,
    @Nullable CsvKept kept) {
  /**
   * Looks at the file: at its first record if all types are given, else at all of it, so that no
   * later value can contradict a type.
   */
  static CsvLayout of(Path path, CsvOptions options) {
    return of(path, options, CsvKept.shared());
  }

  /** As {@link #of(Path, CsvOptions)}; half of {@code memory} is for what is kept. */
  static CsvLayout of(Path path, CsvOptions options, QueryMemory memory) {
    if (options.rejects() != null) {
      options.rejects().clear();
    }
    CsvHead head = CsvHead.of(path, options);
    Boolean wanted = options.header();
    boolean header = wanted != null ? wanted : looksLikeHeader(head);
    List<String> names = names(head, header);
    options.types().keySet().forEach(name -> known(name, names, path));
    boolean[] given = new boolean[names.size()];
    boolean allGiven = true;
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      DataType type = options.types().get(names.get(i));
      given[i] = type != null;
      allGiven &= given[i];
      fields.add(new Field(names.get(i), type != null ? type : DataType.UTF8));
    }
    CsvLayout provisional =
        new CsvLayout(
            head,
            new Schema(fields),
            given,
            header,
            OptionalLong.empty(),
            new @Nullable TextColumn[given.length],
            null,
            null);
    return allGiven ? provisional : CsvInference.infer(path, options, provisional, memory);
  }

  /** Where the first row begins, counted as {@link CsvInput} gives bytes. */
  long firstByte() {
    return header ? head.endBytes() : head.startBytes();
  }

  /** A header unless a field without quotes is a number, a truth value, a date or a timestamp. */
  private static boolean looksLikeHeader(CsvHead head) {
    for (int i = 0; i < head.fields().size(); i++) {
      byte[] text = (head.fields().get(i) + " ".repeat(64)).getBytes(StandardCharsets.UTF_8);
      int length = text.length - 64;
      TypeGuess guess = new TypeGuess();
      guess.see(text, 0, length);
      if (!head.quoted().get(i) && length > 0 && guess.type() != DataType.UTF8) {
        return false;
      }
    }
    return true;
  }

  /** The header's names, {@code column3} where one is empty, {@code name_2} where one repeats. */
  private static List<String> names(CsvHead head, boolean header) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    Map<String, Integer> uses = new HashMap<>();
    for (int i = 0; i < head.fields().size(); i++) {
      String name = header ? head.fields().get(i).strip() : "";
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
      throw UnknownColumnException.of(name, schema, path.toString());
    }
  }
}
