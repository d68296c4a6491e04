package colonnade.engine.exec;

import colonnade.engine.kernel.Kernels;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The kernels that a query's options ask for. */
final class KernelChoice {
  private KernelChoice() {}

  static Kernels of(QueryOptions options) {
    return options.simd() ? Kernels.adaptive(KernelChoice::mapPartOfTheJdk) : Kernels.scalar();
  }

  /** Mapped memory for training, without writing a file: the JDK's own image of classes. */
  private static @Nullable MemorySegment mapPartOfTheJdk(Arena arena, long bytes) {
    Path image = Path.of(System.getProperty("java.home", ""), "lib", "modules");
    try (FileChannel channel = FileChannel.open(image)) {
      long middle = channel.size() / 2 & -4096L;
      return channel.size() - middle < bytes
          ? null
          : channel.map(MapMode.READ_ONLY, middle, bytes, arena);
    } catch (IOException | SecurityException noImage) {
      return null;
    }
  }
}
