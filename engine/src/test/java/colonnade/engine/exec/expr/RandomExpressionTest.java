package colonnade.engine.exec.expr;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.rewrite.FoldConstants;
import colonnade.error.TypeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random expressions on random rows: the engine and the row interpreter give the same bits. */
class RandomExpressionTest {
  private static final int EXPRESSIONS = 800;

  private static final Schema SCHEMA = schema();

  @Test
  void agreesWithTheRowInterpreter() {
    run(false, Kernels.scalar());
  }

  @Test
  void agreesWithTheRowInterpreterOnConditions() {
    run(true, Kernels.scalar());
  }

  @Test
  void agreesWithSimdKernelsToo() {
    assumeTrue(Kernels.simd().isPresent(), "no module jdk.incubator.vector here");
    run(false, Kernels.simd().orElseThrow());
    run(true, Kernels.simd().orElseThrow());
  }

  private static void run(boolean conditions, Kernels kernels) {
    long seed = Long.getLong("seed", 20_261_121L);
    int[] sizes = {1, 63, 64, 65, 200};
    for (int i = 0; i < EXPRESSIONS; i++) {
      // A seed for each, so that a failure comes back alone with -Dseed.
      SplittableRandom random = new SplittableRandom(seed);
      RandomExpressions expressions = new RandomExpressions(SCHEMA, random);
      int depth = random.nextInt(1, 5);
      Expression expression = conditions ? expressions.condition(depth) : expressions.next(depth);
      List<List<Object>> rows =
          Values.rows(SCHEMA, sizes[random.nextInt(sizes.length)], random, random.nextInt(3) * 4);
      try {
        Checks.agree(
            random.nextBoolean() ? expression : folded(expression),
            expression,
            SCHEMA,
            rows,
            kernels,
            random.nextBoolean(),
            TestBatch.Kept.values()[random.nextInt(TestBatch.Kept.values().length)]);
      } catch (TypeMismatchException e) {
        // Not every random condition passes the type check.
      } catch (Throwable e) {
        fail("-Dseed=" + seed + ": " + expression, e);
      }
      seed++;
    }
  }

  private static Expression folded(Expression expression) {
    Plan scan = Plan.Scan.of(new MemoryTable("rows", SCHEMA, List.of(), () -> {}));
    Plan plan = Plan.Project.of(scan, List.of(new Named("value", expression)));
    return ((Plan.Project) new FoldConstants().apply(plan)).expressions().get(0).expression();
  }

  /** Two columns of each type, named by it. */
  private static Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (DataType type : DataType.values()) {
      fields.add(new Field(type.label(), type));
      fields.add(new Field(type.label() + "2", type));
    }
    return new Schema(fields);
  }
}
