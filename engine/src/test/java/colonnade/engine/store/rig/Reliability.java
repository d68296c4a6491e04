package colonnade.engine.store.rig;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks tests that break things on purpose: they run once in a build, not again without JVM flags,
 * in a short form, or in a long one with the Maven profile {@code reliability}.
 */
@Tag("reliability")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Reliability {
  /** Which form runs, and what its figures are. */
  final class Form {
    public static final boolean LONG = "long".equals(System.getProperty("reliability"));

    private Form() {}

    public static int of(int shortForm, int longForm) {
      return LONG ? longForm : shortForm;
    }

    /** Says what was counted: the figures of {@code src/docs/trust.md}. */
    public static void report(String text) {
      System.out.println("reliability (" + (LONG ? "long" : "short") + "): " + text);
    }
  }
}
