package colonnade.benchmarks.peers;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What is compared of two answers, in any order of their rows: how many rows, how many nulls or NaN
 * (engines differ on which of both an undefined statistic is), the sum of each column, and of each
 * column after the keys the sum weighted by a hash of the keys, so that a right value beside a
 * wrong key shows. A text counts as its CRC-32. Sums may differ by rounding, nothing else may.
 */
public final class Fingerprint {
  /** Keys are hashed modulo this, which every language computes exactly in doubles. */
  public static final int MODULUS = 65_521;

  private static final double RELATIVE_TOLERANCE = 1e-9;

  private final int keys;
  private long rowCount;
  private long nulls;
  private double[] sums = new double[0];
  private double[] weighted = new double[0];

  /** Of an answer whose first columns are its keys. */
  public Fingerprint(int keys) {
    this.keys = keys;
  }

  /** Of an answer that was summed elsewhere. */
  public static Fingerprint of(long rowCount, double... sums) {
    return of(rowCount, 0, sums, new double[sums.length]);
  }

  /** Of an answer that was summed elsewhere. */
  public static Fingerprint of(long rowCount, long nulls, double[] sums, double[] weighted) {
    Fingerprint fingerprint = new Fingerprint(0);
    fingerprint.rowCount = rowCount;
    fingerprint.nulls = nulls;
    fingerprint.sums = sums;
    fingerprint.weighted = weighted;
    return fingerprint;
  }

  /** Adds a row of the answer. */
  public void row(@Nullable Object[] values) {
    if (sums.length < values.length) {
      sums = Arrays.copyOf(sums, values.length);
      weighted = Arrays.copyOf(weighted, values.length);
    }
    rowCount++;
    double weight = 0;
    for (int c = 0; c < values.length; c++) {
      double number = number(values[c]);
      if (values[c] == null || Double.isNaN(number)) {
        nulls++;
        number = 0;
      }
      sums[c] += number;
      if (c < keys) {
        weight = (weight * 31 + ((number % MODULUS) + MODULUS) % MODULUS) % MODULUS;
      } else {
        weighted[c] += number * weight / MODULUS;
      }
    }
  }

  long rowCount() {
    return rowCount;
  }

  long nulls() {
    return nulls;
  }

  double[] sums() {
    return sums;
  }

  double[] weighted() {
    return weighted;
  }

  private static double number(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Number n -> n.doubleValue();
      case Boolean b -> b ? 1 : 0;
      case LocalDate d -> d.toEpochDay();
      case LocalDateTime t -> t.toEpochSecond(ZoneOffset.UTC);
      case java.sql.Date d -> d.toLocalDate().toEpochDay();
      case java.sql.Timestamp t -> t.toLocalDateTime().toEpochSecond(ZoneOffset.UTC);
      default -> {
        CRC32 crc = new CRC32();
        crc.update(value.toString().getBytes(StandardCharsets.UTF_8));
        yield crc.getValue();
      }
    };
  }

  /** Whether both are of the same answer; {@code compared} as in {@link Question}. */
  public boolean sameAs(Fingerprint other, List<Integer> compared) {
    if (rowCount != other.rowCount || sums.length != other.sums.length) {
      return false;
    }
    if (compared.isEmpty() && nulls != other.nulls) {
      return false;
    }
    for (int c = 0; c < sums.length; c++) {
      boolean counts = compared.isEmpty() || compared.contains(c);
      boolean weighs = counts && compared.isEmpty();
      if (counts && !close(sums[c], other.sums[c], sums[c])
          || weighs && !close(weighted[c], other.weighted[c], sums[c])) {
        return false;
      }
    }
    return true;
  }

  private static boolean close(double a, double b, double scale) {
    double largest = Math.max(Math.abs(scale), Math.max(Math.abs(a), Math.abs(b)));
    return Double.compare(a, b) == 0
        || Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(1, largest);
  }

  @Override
  public String toString() {
    return rowCount + " rows, " + nulls + " nulls, sums " + Arrays.toString(sums);
  }
}
