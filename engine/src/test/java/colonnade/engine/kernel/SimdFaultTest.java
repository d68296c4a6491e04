package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.engine.store.rig.RamDirectory;
import colonnade.engine.store.rig.Reliability;
import colonnade.rig.Child;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page that is gone is an {@link InternalError} in every SIMD loop that reads memory, once it is
 * compiled; a loop that is not prepared for it ends the process.
 */
@Reliability
class SimdFaultTest {
  @TempDir(factory = RamDirectory.class)
  Path directory;

  /** A process that takes each loop to compiled code, takes away what it reads, and runs it. */
  static final class Faults {
    private static final int LEAST_CALLS = 1_500;
    private static final long WARM_NANOS = 150_000_000L;

    private Faults() {}

    public static void main(String[] args) throws IOException {
      Path folder = Path.of(args[0]);
      int step = Integer.parseInt(args[1]);
      for (int i = 0; i < Twin.values().length; i += step) {
        Twin twin = Twin.values()[i];
        if (twin == Twin.listRows || twin == Twin.markFields) {
          continue; // read arrays alone
        }
        twin.fast = true;
        System.out.println(twin + " " + fault(twin, folder.resolve(twin.name())));
      }
      System.out.println("end");
    }

    private static String fault(Twin twin, Path file) throws IOException {
      Files.write(file, new byte[(int) (2 * TrainingBatch.BYTES)]);
      try (Arena arena = Arena.ofConfined();
          FileChannel channel =
              FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, 2 * TrainingBatch.BYTES, arena);
        var batch = new TrainingBatch(arena, mapped);
        long start = System.nanoTime();
        for (int call = 0;
            call < LEAST_CALLS || System.nanoTime() - start < WARM_NANOS;
            call += 2) {
          batch.vary(call, true);
          twin.run(AdaptiveKernels.INSTANCE, batch, false);
        }
        channel.truncate(0);
        try {
          for (int call = 0; call < 64; call += 2) {
            batch.vary(call, true);
            twin.run(AdaptiveKernels.INSTANCE, batch, false);
          }
          Thread.sleep(1); // where an error arrives that is late
          return "read what is not there";
        } catch (InternalError e) {
          return "fault";
        } catch (InterruptedException e) {
          return "interrupted";
        }
      } finally {
        Files.delete(file);
      }
    }
  }

  @Test
  void eachLoopLivesThroughAPageThatIsGone() throws Exception {
    assumeTrue(Kernels.simd().isPresent(), "without SIMD nobody dies");
    int step = Reliability.Form.of(7, 1);
    Process process =
        Child.builder(
                List.of(),
                List.of(
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=/dev/null",
                    "--add-modules=jdk.incubator.vector"),
                System.getProperty("java.class.path"),
                Faults.class,
                directory.toString(),
                Integer.toString(step))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> said = new ArrayList<>();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      said.addAll(output.readAllLines());
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    List<String> loops = said.stream().filter(line -> line.contains(" ")).toList();
    Reliability.Form.report(loops.size() + " SIMD loops lived through a page that is gone");
    assertThat(said).as("the process ends after the last line").endsWith("end");
    assertThat(loops).isNotEmpty().allMatch(line -> line.endsWith(" fault"));
  }
}
