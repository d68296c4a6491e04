package colonnade.engine.exec.expr;

/** What a function of text does with one row, or with one entry of a dictionary. Stateless. */
interface TextOperation {
  /**
   * Computes one row. A text or binary result is appended to {@link TextArguments#result}; one of
   * fixed width is returned as the bits of {@link FixedWidth}.
   */
  long apply(TextArguments arguments);
}
