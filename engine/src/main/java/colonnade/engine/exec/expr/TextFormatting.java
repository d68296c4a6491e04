package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;

/**
 * Values of fixed width as text: integers in decimal, floating point in the fewest digits that tell
 * it from its neighbours, as {@link Double#toString(double)} does, dates and timestamps in ISO
 * 8601.
 */
final class TextFormatting implements BoundExpression {
  private final BoundExpression input;
  private final ResultValidity validity;
  private final TextOutput output;
  private final TextBuffer buffer = new TextBuffer();

  TextFormatting(BoundExpression input, Worker worker) {
    this.input = input;
    this.validity = new ResultValidity(worker);
    this.output = new TextOutput(worker);
  }

  @Override
  public DataType type() {
    return DataType.UTF8;
  }

  @Override
  public Vector evaluate(Batch batch, Selection rows) {
    Vector from = input.evaluate(batch, rows);
    validity.start(batch.size());
    validity.and(from);
    output.start();
    int[] list = rows.toList();
    for (int k = 0; k < rows.count(); k++) {
      int i = list[k];
      if (!validity.isNull(i)) {
        buffer.clear();
        format(from, i);
        output.put(i, buffer);
      }
    }
    return output.finish(DataType.UTF8, batch.size(), validity);
  }

  private void format(Vector from, int row) {
    switch (from.type()) {
      case F64 ->
          buffer.appendAscii(
              Double.toString(
                  from.data().get(JAVA_DOUBLE_UNALIGNED, from.dataOffset() + 8L * row)));
      case F32 ->
          buffer.appendAscii(
              Float.toString(from.data().get(JAVA_FLOAT_UNALIGNED, from.dataOffset() + 4L * row)));
      case BOOL -> buffer.appendAscii(from.longAt(row) != 0 ? "true" : "false");
      case DATE -> date(from.longAt(row));
      case TIMESTAMP_MICROS -> timestamp(from.longAt(row));
      default -> buffer.appendAscii(Long.toString(from.longAt(row)));
    }
  }

  private void timestamp(long micros) {
    date(Math.floorDiv(micros, Calendar.MICROS_PER_DAY));
    long time = Math.floorMod(micros, Calendar.MICROS_PER_DAY);
    buffer.append((byte) 'T');
    digits(time / Calendar.MICROS_PER_HOUR, 2);
    buffer.append((byte) ':');
    digits(time / Calendar.MICROS_PER_MINUTE % 60, 2);
    buffer.append((byte) ':');
    digits(time / Calendar.MICROS_PER_SECOND % 60, 2);
    long fraction = time % Calendar.MICROS_PER_SECOND;
    if (fraction != 0) {
      buffer.append((byte) '.');
      digits(fraction, 6);
    }
  }

  private void date(long days) {
    long civil = Calendar.civil(days);
    long year = Calendar.year(civil);
    if (year < 0 || year > 9999) {
      buffer.append((byte) (year < 0 ? '-' : '+'));
    }
    digits(Math.abs(year), 4);
    buffer.append((byte) '-');
    digits(Calendar.month(civil), 2);
    buffer.append((byte) '-');
    digits(Calendar.day(civil), 2);
  }

  private void digits(long value, int least) {
    String text = Long.toString(value);
    for (int i = text.length(); i < least; i++) {
      buffer.append((byte) '0');
    }
    buffer.appendAscii(text);
  }
}
