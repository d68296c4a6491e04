package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of text, or a cast from text. Where the one argument that is not constant is
 * dictionary-coded, it is computed once per entry and mapped through the codes; otherwise row by
 * row.
 */
final class TextCall implements BoundExpression {
  private final Object identity;
  private final TextOperation operation;
  private final DataType type;
  private final List<BoundExpression> inputs;
  private final boolean lenient;
  private final String text;
  private final Worker worker;
  private final TextArguments arguments;
  private final Vector[] vectors;
  private final int onlyVariable;
  private final @Nullable TextTest test;
  private final long[] found;
  private final ResultValidity validity;
  private final MemorySegment data;
  private final @Nullable TextOutput output;
  private @Nullable Dictionary mappedDictionary;
  private @Nullable DictionaryResult mapped;

  /**
   * A call.
   *
   * @param identity equal for calls that give the same result for the same text
   * @param inputs text, binary, or 64-bit integers; no null constants
   * @param lenient whether a row without a result is null; otherwise it is an error
   * @param text the expression, for messages
   */
  TextCall(
      Object identity,
      TextOperation operation,
      DataType type,
      List<BoundExpression> inputs,
      boolean lenient,
      String text,
      Worker worker) {
    this.identity = identity;
    this.operation = operation;
    this.type = type;
    this.inputs = inputs;
    this.lenient = lenient;
    this.text = text;
    this.worker = worker;
    this.arguments = new TextArguments(inputs.size());
    this.vectors = new Vector[inputs.size()];
    this.found = new long[worker.batchRows()];
    this.validity = new ResultValidity(worker);
    this.data = worker.scratch((long) worker.batchRows() * Math.max(4, type.widthBytes()));
    this.output = type.isVariable() ? new TextOutput(worker) : null;
    int variables = 0;
    int last = -1;
    for (int a = 0; a < inputs.size(); a++) {
      if (inputs.get(a) instanceof ConstantExpression constant) {
        setConstant(a, constant);
      } else {
        variables++;
        last = a;
      }
    }
    this.onlyVariable = variables == 1 && inputs.get(last).type().isVariable() ? last : -1;
    this.test =
        onlyVariable >= 0 && inputs.size() == 2
            ? TextTest.of(operation, onlyVariable, arguments.text(1 - onlyVariable))
            : null;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Vector evaluate(Batch batch, Selection rows) {
    evaluateInputs(batch, rows);
    if (onlyVariable >= 0 && vectors[onlyVariable].isCoded()) {
      return mapCodes(vectors[onlyVariable], batch, rows);
    }
    computeRows(batch, rows);
    return output != null
        ? output.finish(type, batch.size(), validity)
        : Vector.fixed(type, data, 0, validity.segment(), validity.offset());
  }

  /** For a condition: keeps the rows where it has the wanted value. */
  void narrow(Batch batch, Selection rows, boolean wanted) {
    Kernels kernels = worker.kernels();
    evaluateInputs(batch, rows);
    if (onlyVariable >= 0 && vectors[onlyVariable].isCoded()) {
      Vector codes = vectors[onlyVariable];
      DictionaryResult results = resultsFor(codes);
      boolean[] failed = results.failed();
      if (failed != null && !lenient) {
        settleFailures(codes, failed, batch, rows);
      }
      SelectionKernels.codes(kernels, codes, rows, results.holding(wanted));
    } else if (test != null) {
      SelectionKernels.dropNulls(kernels, vectors[onlyVariable], rows);
      test.keep(kernels, vectors[onlyVariable], !wanted, rows);
    } else {
      computeRows(batch, rows);
      Vector values = Vector.fixed(type, data, 0, validity.segment(), validity.offset());
      long bit = wanted ? 1 : 0;
      SelectionKernels.range(kernels, values, rows, bit, bit, false);
    }
  }

  private void evaluateInputs(Batch batch, Selection rows) {
    validity.start(batch.size());
    for (int a = 0; a < vectors.length; a++) {
      vectors[a] = inputs.get(a).evaluate(batch, rows);
      validity.and(vectors[a]);
    }
  }

  private Vector mapCodes(Vector codes, Batch batch, Selection rows) {
    DictionaryResult results = resultsFor(codes);
    boolean[] failed = results.failed();
    if (failed != null) {
      settleFailures(codes, failed, batch, rows);
    }
    Dictionary derived = results.derived();
    if (derived == null) {
      gather(codes, results.bits(), type.widthBytes(), rows);
      return Vector.fixed(type, data, 0, validity.segment(), validity.offset());
    }
    int width = Dictionary.codeWidthBytes(derived.size());
    gather(codes, results.bits(), width, rows);
    return Vector.coded(derived, width, data, 0, validity.segment(), validity.offset());
  }

  private void gather(Vector codes, long[] table, int widthBytes, Selection rows) {
    int[] list = rows.listOrNull();
    FixedWidthLoops.lookUp(codes, table, list, rows.count(), found);
    FixedWidthLoops.store(found, widthBytes, list, rows.count(), data);
  }

  private void settleFailures(Vector codes, boolean[] failed, Batch batch, Selection rows) {
    int[] list = rows.toList();
    for (int k = 0; k < rows.count(); k++) {
      int i = list[k];
      if (!validity.isNull(i) && failed[codes.code(i)]) {
        fail(codes.textAt(i), batch, i);
      }
    }
  }

  private DictionaryResult resultsFor(Vector codes) {
    Dictionary dictionary = codes.dictionary();
    DictionaryResult present = mapped;
    if (dictionary == null) {
      throw new IllegalStateException("codes without a dictionary");
    }
    if (present == null || mappedDictionary != dictionary) {
      present =
          worker
              .context()
              .shared(
                  new DictionaryResult.Key(identity, new DictionaryResult.Identity(dictionary)),
                  DictionaryResult.class,
                  () ->
                      DictionaryResult.of(
                          operation,
                          arguments,
                          onlyVariable,
                          type,
                          dictionary,
                          worker.context().memory()));
      mapped = present;
      mappedDictionary = dictionary;
      // Rows that were not kept still have codes of the dictionary before.
      data.fill((byte) 0);
    }
    return present;
  }

  private void computeRows(Batch batch, Selection rows) {
    TextOutput texts = output;
    if (texts != null) {
      texts.start();
    }
    int[] list = rows.listOrNull();
    for (int k = 0; k < rows.count(); k++) {
      int i = list == null ? k : list[k];
      if (validity.isNull(i)) {
        continue;
      }
      arguments.reset();
      load(i);
      long bits = operation.apply(arguments);
      if (arguments.hasFailed()) {
        fail(arguments.text(0).text(), batch, i);
        continue;
      }
      if (texts != null) {
        texts.put(i, arguments.result());
      } else {
        FixedWidth.put(type, data, i, bits);
      }
    }
  }

  private void load(int row) {
    for (int a = 0; a < vectors.length; a++) {
      if (inputs.get(a) instanceof ConstantExpression) {
        continue;
      }
      Vector vector = vectors[a];
      if (vector.type().isVariable()) {
        loadText(arguments.text(a), vector, row);
      } else {
        arguments.setNumber(
            a, vector.data().get(JAVA_LONG_UNALIGNED, vector.dataOffset() + 8L * row));
      }
    }
  }

  /** Loads text or bytes, plain or coded. */
  static void loadText(TextBuffer into, Vector vector, int row) {
    Dictionary dictionary = vector.dictionary();
    if (dictionary != null) {
      int code = vector.code(row);
      into.load(dictionary.bytes(), dictionary.start(code), dictionary.length(code));
    } else {
      long start = vector.start(row);
      into.load(vector.data(), start, vector.start(row + 1) - start);
    }
  }

  private void setConstant(int index, ConstantExpression constant) {
    Object value = constant.value();
    if (value instanceof Long number) {
      arguments.setNumber(index, number);
    } else if (value != null) {
      arguments.text(index).load(ConstantExpression.bytesOf(value));
    }
  }

  private void fail(String value, Batch batch, int row) {
    if (!lenient) {
      throw Failures.cast(text, value, type, batch, row);
    }
    validity.setNull(row);
  }
}
