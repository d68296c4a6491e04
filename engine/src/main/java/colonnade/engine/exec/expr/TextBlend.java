package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Blend} of text or binary. If all vectors are dictionary-coded the result is coded too,
 * over the union of their dictionaries, which is made once per query; otherwise it is plain.
 */
final class TextBlend implements Blend {
  /** Above this, merging dictionaries costs more than the codes save. */
  private static final int MOST_ENTRIES = 1 << 16;

  private final DataType type;
  private final Worker worker;
  private final ResultValidity validity;
  private final TextOutput output;
  private final MemorySegment codes;
  private final int[] sourceOfRow;
  private final List<Vector> sources = new ArrayList<>();
  private int presentCount;
  private int rowCount;
  private List<Dictionary> united = List.of();
  private @Nullable DictionaryUnion union;

  TextBlend(DataType type, Worker worker) {
    this.type = type;
    this.worker = worker;
    this.validity = new ResultValidity(worker);
    this.output = new TextOutput(worker);
    this.codes = worker.scratch(4L * worker.batchRows());
    this.sourceOfRow = new int[worker.batchRows()];
  }

  @Override
  public void start(int newRowCount) {
    rowCount = newRowCount;
    validity.startNull(newRowCount);
    presentCount = 0;
    sources.clear();
  }

  @Override
  public void take(Vector vector, Selection rows) {
    int source = addSource(vector);
    int[] list = rows.listOrNull();
    for (int k = 0; k < rows.count(); k++) {
      takeRow(source, list == null ? k : list[k]);
    }
  }

  /** Adds a vector to take single rows from, and gives its number. */
  int addSource(Vector vector) {
    sources.add(vector);
    return sources.size() - 1;
  }

  /** Takes one row from a source. */
  void takeRow(int source, int row) {
    sourceOfRow[row] = source;
    if (!sources.get(source).isNull(row)) {
      validity.setValid(row);
      presentCount++;
    }
  }

  @Override
  public Vector finish(Selection rows) {
    if (presentCount == rows.count()) {
      validity.start(rowCount);
    }
    boolean coded = !sources.isEmpty() && sources.stream().allMatch(Vector::isCoded);
    DictionaryUnion codeMaps = coded ? union() : null;
    return codeMaps == null ? plain(rows) : coded(rows, codeMaps);
  }

  private Vector plain(Selection rows) {
    output.start();
    int[] list = rows.toList();
    for (int k = 0; k < rows.count(); k++) {
      int i = list[k];
      if (!validity.isNull(i)) {
        Vector source = sources.get(sourceOfRow[i]);
        Dictionary dictionary = source.dictionary();
        if (dictionary != null) {
          int code = source.code(i);
          output.put(i, dictionary.bytes(), dictionary.start(code), dictionary.length(code));
        } else {
          long start = source.start(i);
          output.put(i, source.data(), start, source.start(i + 1) - start);
        }
      }
    }
    return output.finish(type, rowCount, validity);
  }

  private Vector coded(Selection rows, DictionaryUnion codeMaps) {
    Dictionary dictionary = codeMaps.dictionary();
    int width = Dictionary.codeWidthBytes(dictionary.size());
    codes.fill((byte) 0);
    int[] list = rows.toList();
    for (int k = 0; k < rows.count(); k++) {
      int i = list[k];
      if (!validity.isNull(i)) {
        int source = sourceOfRow[i];
        int code = codeMaps.codes()[source][sources.get(source).code(i)];
        FixedWidth.putWidth(width, codes, i, code);
      }
    }
    return Vector.coded(dictionary, width, codes, 0, validity.segment(), validity.offset());
  }

  private @Nullable DictionaryUnion union() {
    List<Dictionary> wanted = new ArrayList<>(sources.size());
    long entries = 0;
    for (Vector source : sources) {
      Dictionary dictionary = source.dictionary();
      if (dictionary != null) {
        wanted.add(dictionary);
        entries += dictionary.size();
      }
    }
    if (entries > MOST_ENTRIES) {
      return null;
    }
    DictionaryUnion present = union;
    if (present == null || !sameObjects(wanted, united)) {
      List<Object> identities = new ArrayList<>();
      identities.add(type);
      wanted.forEach(dictionary -> identities.add(DictionaryUnion.keyOf(dictionary)));
      present =
          worker
              .context()
              .shared(
                  identities,
                  DictionaryUnion.class,
                  () -> DictionaryUnion.of(type, wanted, worker.context().memory()));
      union = present;
      united = wanted;
    }
    return present;
  }

  private static boolean sameObjects(List<Dictionary> a, List<Dictionary> b) {
    for (int i = 0; i < a.size(); i++) {
      if (i >= b.size() || a.get(i) != b.get(i)) {
        return false;
      }
    }
    return a.size() == b.size();
  }
}
