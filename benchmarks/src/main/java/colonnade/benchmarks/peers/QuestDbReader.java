package colonnade.benchmarks.peers;

import io.questdb.cairo.ColumnType;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a QuestDB cursor as Java values. */
final class QuestDbReader {
  private final int[] types;

  QuestDbReader(RecordMetadata metadata) {
    types = new int[metadata.getColumnCount()];
    for (int c = 0; c < types.length; c++) {
      types[c] = ColumnType.tagOf(metadata.getColumnType(c));
    }
  }

  @Nullable Object[] row(Record row) {
    @Nullable Object[] values = new @Nullable Object[types.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = value(row, c);
    }
    return values;
  }

  private @Nullable Object value(Record row, int c) {
    return switch (types[c]) {
      case ColumnType.DOUBLE -> row.getDouble(c);
      case ColumnType.LONG -> row.getLong(c);
      case ColumnType.INT -> row.getInt(c);
      case ColumnType.SHORT -> row.getShort(c);
      case ColumnType.SYMBOL -> text(row.getSymA(c));
      case ColumnType.VARCHAR -> text(row.getVarcharA(c));
      case ColumnType.STRING -> text(row.getStrA(c));
      default -> throw new IllegalStateException("QuestDB type " + ColumnType.nameOf(types[c]));
    };
  }

  private static @Nullable String text(@Nullable Object text) {
    return text == null ? null : text.toString();
  }

  /** Reads every number of a row, without making objects. */
  double touch(Record row) {
    double sum = 0;
    for (int c = 0; c < types.length; c++) {
      sum +=
          switch (types[c]) {
            case ColumnType.DOUBLE -> row.getDouble(c);
            case ColumnType.LONG -> row.getLong(c);
            case ColumnType.INT -> row.getInt(c);
            default -> 0;
          };
    }
    return sum;
  }
}
