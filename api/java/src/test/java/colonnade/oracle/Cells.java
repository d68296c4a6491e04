package colonnade.oracle;

import static org.assertj.core.api.Assertions.fail;

import colonnade.DataType;
import colonnade.Frame;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The cells of a result, and what counts as the same. */
final class Cells {
  /** Whether two floating-point results are near enough; null, NaN and signs of zero are exact. */
  interface Nearness {
    boolean near(double ours, double theirs);
  }

  /** The same bits, all NaN being one. */
  static final Nearness EXACT = (a, b) -> false;

  private Cells() {}

  /** Within this share of the greater one. */
  static Nearness relative(double share) {
    return (a, b) -> Math.abs(a - b) <= share * Math.max(Math.abs(a), Math.abs(b));
  }

  /** Within this many units in the last place. */
  static Nearness ulps(int count) {
    return (a, b) -> Math.abs(a - b) <= count * Math.ulp(b);
  }

  /** All rows of {@code frame}, boxed as {@link OracleTable} boxes them. */
  static List<Object[]> of(Frame frame) {
    List<DataType> types = types(frame);
    List<String> names = frame.schema().names();
    List<Object[]> rows = new ArrayList<>();
    frame.forEachBatch(batch -> {
      int from = rows.size();
      for (int r = 0; r < batch.rowCount(); r++) {
        rows.add(new Object[types.size()]);
      }
      for (int c = 0; c < types.size(); c++) {
        Vector vector = batch.vector(names.get(c));
        for (int r = 0; r < batch.rowCount(); r++) {
          rows.get(from + r)[c] = cell(vector, types.get(c), r);
        }
      }
    });
    return rows;
  }

  static List<DataType> types(Frame frame) {
    return frame.schema().fields().stream().map(field -> field.type()).toList();
  }

  private static Object cell(Vector vector, DataType type, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (type) {
      case F32, F64 -> (Object) vector.doubleAt(row);
      case BOOL -> vector.longAt(row) != 0;
      case UTF8 -> vector.textAt(row);
      case BINARY -> vector.bytesAt(row);
      default -> vector.longAt(row);
    };
  }

  /** Whether two cells are the same, {@code nearness} deciding on floating point that differs. */
  static boolean same(Object ours, Object theirs, Nearness nearness) {
    if (ours instanceof Double a && theirs instanceof Double b) {
      boolean finite = Double.isFinite(a) && Double.isFinite(b);
      return a.equals(b) || finite && (a != 0 || b != 0) && nearness.near(a, b);
    }
    return ours instanceof byte[] a && theirs instanceof byte[] b
        ? Arrays.equals(a, b)
        : java.util.Objects.equals(ours, theirs);
  }

  /** Fails with {@code claim} and the first cell that differs. */
  static void requireSame(
      List<Object[]> ours, List<Object[]> theirs, List<Nearness> nearness, String claim) {
    int common = Math.min(ours.size(), theirs.size());
    for (int r = 0; r < common; r++) {
      for (int c = 0; c < nearness.size(); c++) {
        if (!same(ours.get(r)[c], theirs.get(r)[c], nearness.get(c))) {
          fail(
              "row %d, column %d: %s, but DuckDB says %s%n  our row: %s%n  theirs:  %s%n%s",
              r,
              c,
              OracleTable.text(ours.get(r)[c]),
              OracleTable.text(theirs.get(r)[c]),
              text(ours.get(r)),
              text(theirs.get(r)),
              claim);
        }
      }
    }
    if (ours.size() != theirs.size()) {
      fail("%d rows, but DuckDB has %d%n%s", ours.size(), theirs.size(), claim);
    }
  }

  private static String text(Object[] row) {
    return Arrays.stream(row).map(OracleTable::text).toList().toString();
  }

  /** Some total order of rows, for results whose order is unspecified. */
  static final Comparator<Object[]> ANY_ORDER =
      (a, b) -> {
        for (int c = 0; c < a.length; c++) {
          int order = compare(a[c], b[c]);
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  private static int compare(Object a, Object b) {
    if (a == null || b == null) {
      return Boolean.compare(b == null, a == null);
    }
    return switch (a) {
      case Long x -> x.compareTo((Long) b);
      case Double x -> x.compareTo((Double) b);
      case Boolean x -> x.compareTo((Boolean) b);
      case String x -> x.compareTo((String) b);
      default -> Arrays.compare((byte[]) a, (byte[]) b);
    };
  }
}
