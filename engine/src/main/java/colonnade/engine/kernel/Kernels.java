package colonnade.engine.kernel;

/** The batch loops of the engine: one call, one batch. */
public interface Kernels {}
