package colonnade.engine.exec.expr;

import colonnade.engine.store.ColumnStatistics;
import java.util.List;

/**
 * Which of true, false and null a condition can give on rows of which only statistics are known. A
 * set as bits; it may hold too many, never too few. Immutable values.
 */
sealed interface Outcomes {
  int TRUE = 1;
  int FALSE = 2;
  int NULL = 4;

  /** Anything. */
  Outcomes UNKNOWN = new Fixed(TRUE | FALSE | NULL);

  /** The set for the rows that {@code statistics} describe. */
  int on(BlockCondition.Statistics statistics);

  /** Whether statistics can make a difference. */
  boolean usesStatistics();

  /** The condition's negation. */
  default Outcomes negated() {
    return new Not(this);
  }

  /** The one outcome of a constant condition. */
  static Outcomes constant(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof Boolean bool ? new Fixed(bool ? TRUE : FALSE) : new Fixed(NULL);
  }

  /** The same set for all rows. */
  record Fixed(int outcomes) implements Outcomes {
    @Override
    public int on(BlockCondition.Statistics statistics) {
      return outcomes;
    }

    @Override
    public boolean usesStatistics() {
      return false;
    }
  }

  /** The negation, which leaves null as it is. */
  record Not(Outcomes input) implements Outcomes {
    @Override
    public int on(BlockCondition.Statistics statistics) {
      int in = input.on(statistics);
      return in & NULL | (in & TRUE) << 1 | (in & FALSE) >> 1;
    }

    @Override
    public boolean usesStatistics() {
      return input.usesStatistics();
    }

    @Override
    public Outcomes negated() {
      return input;
    }
  }

  /** Kleene's and; true if there are no parts. */
  record Both(List<Outcomes> parts) implements Outcomes {
    @Override
    public int on(BlockCondition.Statistics statistics) {
      int all = TRUE;
      for (Outcomes part : parts) {
        int next = part.on(statistics);
        boolean isNull =
            (all & NULL) != 0 && (next & (NULL | TRUE)) != 0
                || (next & NULL) != 0 && (all & TRUE) != 0;
        all = all & next & TRUE | (all | next) & FALSE | (isNull ? NULL : 0);
      }
      return all;
    }

    @Override
    public boolean usesStatistics() {
      return parts.stream().anyMatch(Outcomes::usesStatistics);
    }
  }

  /** Whether a column is null; never null itself. */
  record IsNull(int column) implements Outcomes {
    @Override
    public int on(BlockCondition.Statistics statistics) {
      ColumnStatistics known = statistics.apply(column);
      if (known == null) {
        return TRUE | FALSE;
      }
      return (known.nullCount() > 0 ? TRUE : 0)
          | (known.nullCount() < known.rowCount() ? FALSE : 0);
    }

    @Override
    public boolean usesStatistics() {
      return true;
    }
  }

  /** Whether a column is in a range. */
  record InRange(int column, Range range) implements Outcomes {
    @Override
    public int on(BlockCondition.Statistics statistics) {
      ColumnStatistics known = statistics.apply(column);
      if (known == null) {
        return TRUE | FALSE | NULL;
      }
      int inside =
          switch (range) {
            case Range.Longs r -> longs(known, r);
            case Range.Doubles r -> doubles(known, r);
          };
      int outcomes = range.outside() ? (inside & TRUE) << 1 | (inside & FALSE) >> 1 : inside;
      return outcomes | (known.nullCount() > 0 ? NULL : 0);
    }

    /** Whether values lie in the range, as a set of TRUE and FALSE. */
    private static int longs(ColumnStatistics known, Range.Longs range) {
      if (known.nullCount() == known.rowCount()) {
        return 0;
      }
      if (!known.hasLongRange()) {
        return TRUE | FALSE;
      }
      boolean disjoint =
          range.isEmpty() || known.maxLong() < range.low() || known.minLong() > range.high();
      boolean within = known.minLong() >= range.low() && known.maxLong() <= range.high();
      return disjoint ? FALSE : within ? TRUE : TRUE | FALSE;
    }

    private static int doubles(ColumnStatistics known, Range.Doubles range) {
      int nan = known.nanCount() > 0 ? FALSE : 0;
      if (known.nullCount() + known.nanCount() == known.rowCount()) {
        return nan;
      }
      if (!known.hasDoubleRange()) {
        return TRUE | FALSE;
      }
      double low = range.low();
      double high = range.high();
      boolean disjoint = low > high || known.maxDouble() < low || known.minDouble() > high;
      boolean within = known.minDouble() >= low && known.maxDouble() <= high;
      return nan | (disjoint ? FALSE : within ? TRUE : TRUE | FALSE);
    }

    @Override
    public boolean usesStatistics() {
      return true;
    }
  }
}
