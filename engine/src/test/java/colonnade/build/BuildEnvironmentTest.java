package colonnade.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What the build promises about the JVM that runs the tests. */
class BuildEnvironmentTest {
  @Test
  void testsRunOnTheJdkThatTheBuildChose() {
    assertThat(Runtime.version().feature()).isEqualTo(25);
  }

  @Test
  void theVectorModuleIsThereExactlyWhenItsFlagWasGiven() {
    boolean asked =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .anyMatch(argument -> argument.contains("jdk.incubator.vector"));
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(present).isEqualTo(asked);
  }

  @Test
  void theRootHoldsTheParentPom() {
    assertThat(Files.exists(ProjectRoot.path().resolve("pom.xml"))).isTrue();
    assertThat(Files.exists(ProjectRoot.path().resolve("src/build/ExpandTemplates.java"))).isTrue();
  }
}
