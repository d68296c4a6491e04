package colonnade.benchmarks.peers;

/** A peer cannot take part on this machine; the message says what it lacks and how to get it. */
final class MissingPeerException extends Exception {
  private static final long serialVersionUID = 1;

  MissingPeerException(String reason) {
    super(reason);
  }
}
