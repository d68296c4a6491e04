package colonnade.cli.doctor;

import java.util.List;

/** What this JVM was started with. */
final class JvmCheck {
  private JvmCheck() {}

  /**
   * Looks at the JVM.
   *
   * @param hasVectors whether the module of the Vector API is there
   * @param hasNativeAccess whether the engine may call the system
   */
  static List<Advice> of(boolean hasVectors, boolean hasNativeAccess) {
    return List.of(
        hasVectors
            ? Advice.ok("SIMD", "the Vector API is there")
            : Advice.change(
                "SIMD", "off", "Queries are faster with --add-modules=jdk.incubator.vector."),
        hasNativeAccess
            ? Advice.ok("native access", "on")
            : Advice.change(
                "native access",
                "off",
                "Columns are not read ahead of scans; start with"
                    + " --enable-native-access=ALL-UNNAMED."));
  }
}
