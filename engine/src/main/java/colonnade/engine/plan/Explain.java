package colonnade.engine.plan;

import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.ScanChoice;
import colonnade.engine.exec.StatisticsRow;
import colonnade.engine.exec.expr.BlockCondition;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rewritten plan as text: the steps from the last to the first, the passes over the data, the
 * conditions and columns that reach each scan.
 */
public final class Explain {
  private Explain() {}

  /** The text of {@code plan}. */
  public static String of(Plan plan) {
    StringBuilder text = new StringBuilder();
    append(plan, 0, text);
    int passes = passes(plan);
    text.append(passes == 1 ? "1 pass" : passes + " passes").append(" over the data\n");
    return text.toString();
  }

  /** How often sources are read from start to end. */
  static int passes(Plan plan) {
    return switch (plan) {
      case Plan.Scan _ -> 1;
      case Plan.Aggregate aggregate when StatisticsRow.answers(aggregate) -> 0;
      case Plan.Normalize normalize -> {
        boolean grouped = normalize.columns().stream().anyMatch(c -> !c.by().isEmpty());
        boolean whole = normalize.columns().stream().anyMatch(c -> c.by().isEmpty());
        int fits = grouped && whole ? 2 : 1;
        yield (1 + fits) * passes(normalize.input());
      }
      default -> plan.inputs().stream().mapToInt(Explain::passes).sum();
    };
  }

  private static void append(Plan plan, int depth, StringBuilder text) {
    text.append("  ".repeat(depth)).append(describe(plan)).append('\n');
    plan.inputs().forEach(input -> append(input, depth + 1, text));
  }

  private static int[] columns(Plan.Scan scan) {
    return scan.columns().stream().mapToInt(scan.source().schema()::indexOf).toArray();
  }

  private static String describe(Plan plan) {
    return switch (plan) {
      case Plan.Scan scan -> {
        String rows =
            scan.source().rowCount().isPresent()
                ? String.format("%,d rows", scan.source().rowCount().getAsLong())
                : "rows unknown";
        yield "scan "
            + scan.source().name()
            + " ("
            + (scan.source() instanceof BlockSource blocks
                ? blocks.reading(columns(scan))
                : "streamed")
            + ", "
            + rows
            + "): "
            + scan.columns().size()
            + " of "
            + scan.source().schema().size()
            + " columns: "
            + abbreviated(scan.columns());
      }
      case Plan.Filter filter ->
          "filter " + readable(ExpressionText.of(filter.predicate())) + blocks(filter);
      case Plan.Project project -> "map " + named(project.expressions());
      case Plan.Aggregate aggregate ->
          (aggregate.keys().isEmpty() ? "aggregate " : "group by " + named(aggregate.keys()) + ": ")
              + named(aggregate.aggregates())
              + (StatisticsRow.answers(aggregate) ? " (from statistics)" : "");
      case Plan.Join join ->
          join.kind().name().toLowerCase(java.util.Locale.ROOT)
              + " join on "
              + list(join.leftKeys())
              + " = "
              + list(join.rightKeys())
              + " (the second input is built in memory)";
      case Plan.Sort sort ->
          "sort by "
              + sort.keys().stream()
                  .map(key ->
                      ExpressionText.of(key.expression())
                          + (key.descending() ? " descending" : "")
                          + (key.nullsFirst() ? " nulls first" : ""))
                  .collect(Collectors.joining(", "))
              + (sort.inOrder() ? ": already in order" : "");
      case Plan.Limit limit ->
          "limit " + limit.rowCount() + (limit.offset() > 0 ? " after " + limit.offset() : "");
      case Plan.Distinct distinct -> "distinct " + abbreviated(distinct.columns());
      case Plan.Normalize normalize ->
          "normalize "
              + normalize.columns().stream()
                  .map(c ->
                      ExpressionText.of(c.input())
                          + " by "
                          + c.scaling().kind().label()
                          + (c.by().isEmpty() ? "" : " within " + list(c.by())))
                  .collect(Collectors.joining(", "))
              + " (a pass of its own fits the parameters)";
    };
  }

  /** What the statistics of blocks spare a filter right above its scan. */
  private static String blocks(Plan.Filter filter) {
    if (!(filter.input() instanceof Plan.Scan scan)
        || !(scan.source() instanceof BlockSource source)) {
      return "";
    }
    int[] columns = scan.columns().stream().mapToInt(source.schema()::indexOf).toArray();
    BlockCondition condition = BlockCondition.of(filter.predicate(), scan.schema());
    ScanChoice choice = ScanChoice.of(source, columns, condition);
    long none = choice.count(BlockCondition.Verdict.NONE);
    long all = choice.count(BlockCondition.Verdict.ALL);
    long searched = choice.searchedCount();
    return none + all + searched == 0
        ? ""
        : String.format(
            " (by statistics %,d of %,d blocks are read, %,d of them untested%s)",
            source.blockCount() - none,
            source.blockCount(),
            all,
            searched == 0 ? "" : String.format(", %,d by binary search", searched));
  }

  private static String named(List<Named> expressions) {
    return abbreviated(
        expressions.stream()
            .map(named -> {
              String text = readable(ExpressionText.of(named.expression()));
              return text.equals(named.name()) ? text : named.name() + " = " + text;
            })
            .toList());
  }

  private static String list(List<Expression> expressions) {
    return expressions.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
  }

  private static String abbreviated(List<String> parts) {
    return parts.size() <= 40
        ? String.join(", ", parts)
        : String.join(", ", parts.subList(0, 40)) + ", … (" + parts.size() + " in all)";
  }

  /**
   * Names that the engine made up for intermediate columns start with a character that no terminal
   * shows.
   */
  private static String readable(String text) {
    return text.replace("\0", "$");
  }
}
