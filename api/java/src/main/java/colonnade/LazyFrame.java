package colonnade;

import colonnade.engine.exec.QueryOptions;
import colonnade.engine.plan.Plan;

/** A frame that is nothing but its plan. */
record LazyFrame(Plan plan, QueryOptions options) implements Frame {
  @Override
  public String toString() {
    return "Frame " + schema() + ", not run yet: show(), collect() or writeTo(path) runs it";
  }
}
