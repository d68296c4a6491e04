package colonnade;

import colonnade.engine.store.Encoding;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.Sortedness;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a stored table, and how they lie on disk. An immutable value: one generation's. As
 * a {@link Schema} it equals any other with the same names and types. {@code toString} is a table
 * of names, types, encodings, nulls, bytes and, where it is known, order.
 */
public final class TableSchema extends Schema {
  private final List<Encoding> encodings = new ArrayList<>();
  private final List<Long> bytes = new ArrayList<>();
  private final List<Long> nullCounts = new ArrayList<>();
  private final List<Sortedness> orders = new ArrayList<>();
  private final long rowCount;
  private final long generation;

  TableSchema(Snapshot snapshot) {
    super(snapshot.schema().fields());
    for (int c = 0; c < size(); c++) {
      encodings.add(snapshot.encoding(c));
      bytes.add(snapshot.bytesOnDisk(c));
      nullCounts.add(snapshot.statistics(c).nullCount());
      orders.add(snapshot.statistics(c).sorted());
    }
    this.rowCount = snapshot.rowCount();
    this.generation = snapshot.generation();
  }

  /** The rows of every column. */
  public long rowCount() {
    return rowCount;
  }

  /** How the values of the column at {@code index} lie in its files. */
  public Encoding encoding(int index) {
    return encodings.get(index);
  }

  /** Bytes on disk of the column at {@code index}, checksums left out. */
  public long bytes(int index) {
    return bytes.get(index);
  }

  /** Nulls in the column at {@code index}. */
  public long nullCount(int index) {
    return nullCounts.get(index);
  }

  /** What is known of the order of the rows in the column at {@code index}. */
  public Sortedness sorted(int index) {
    return orders.get(index);
  }

  /** The generation described. */
  public long generation() {
    return generation;
  }

  @Override
  public String toString() {
    int nameWidth = 6;
    for (String name : names()) {
      nameWidth = Math.max(nameWidth, TextWidth.of(TextWidth.cut(CellText.of(name), 40)));
    }
    StringBuilder text = new StringBuilder();
    line(text, nameWidth, "column", "type", "encoding", "nulls", "bytes", "");
    long total = 0;
    for (int c = 0; c < size(); c++) {
      line(
          text,
          nameWidth,
          TextWidth.cut(CellText.of(name(c)), 40),
          type(c).label(),
          encoding(c).label(),
          String.format("%,d", nullCount(c)),
          String.format("%,d", bytes(c)),
          sorted(c) == Sortedness.UNKNOWN ? "" : "  " + sorted(c).label());
      total += bytes(c);
    }
    return text.append(
            String.format(
                "%,d rows × %,d columns, %,d bytes, generation %d",
                rowCount, size(), total, generation))
        .toString();
  }

  private static void line(
      StringBuilder text,
      int nameWidth,
      String name,
      String type,
      String encoding,
      String nulls,
      String bytes,
      String order) {
    text.append(name)
        .append(" ".repeat(nameWidth - TextWidth.of(name)))
        .append(
            String.format("  %-9s  %-10s  %12s  %16s%s\n", type, encoding, nulls, bytes, order));
  }
}
