package colonnade.engine.store.rig;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The class that makes faults in SIMD loops catchable, changed so that it does nothing: a mistake
 * that a test must find.
 */
final class UncatchableFaults {
  private UncatchableFaults() {}

  /** Writes the changed class below {@code folder}; returns that, to begin a class path. */
  static Path write(Path folder) throws IOException {
    String name = "colonnade/engine/kernel/simd/CatchableFault.class";
    byte[] original;
    try (InputStream stream = UncatchableFaults.class.getClassLoader().getResourceAsStream(name)) {
      original = stream.readAllBytes();
    }
    ClassFile classFile = ClassFile.of();
    byte[] changed =
        classFile.transformClass(
            classFile.parse(original),
            (builder, element) -> {
              if (element instanceof MethodModel method && method.methodName().equalsString("in")) {
                builder.withMethodBody(
                    method.methodName(),
                    method.methodType(),
                    method.flags().flagsMask(),
                    code -> code.return_());
              } else {
                builder.with(element);
              }
            });
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, changed);
    return folder;
  }
}
