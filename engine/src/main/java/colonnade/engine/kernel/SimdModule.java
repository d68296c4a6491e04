package colonnade.engine.kernel;

/** Whether the JVM runs with the module of the Vector API; cheap to ask. */
final class SimdModule {
  /** No promise that the loops work: the machine may have no vectors that are wide enough. */
  static final boolean IS_THERE = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private SimdModule() {}
}
