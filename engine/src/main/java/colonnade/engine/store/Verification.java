package colonnade.engine.store;

import java.util.List;

/**
 * What {@link Verifier} found.
 *
 * @param generation the generation that was read in full; 0 if its manifest was damaged
 * @param bytesRead bytes of column files that were compared with their checksums
 * @param findings everything found, in the order of the columns
 */
public record Verification(long generation, long bytesRead, List<Finding> findings) {
  public Verification {
    findings = List.copyOf(findings);
  }

  /** Whether all committed data is what was written; leftovers do not count. */
  public boolean isSound() {
    return findings.stream().noneMatch(finding -> finding.kind() == Finding.Kind.DAMAGE);
  }
}
