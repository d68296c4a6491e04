package colonnade.engine.store.rig;

import colonnade.engine.kernel.ProbeKernels;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The class that touches pages before SIMD code reads them, changed so that it touches none: a
 * mistake that a test must find.
 */
final class UnprobedKernels {
  private UnprobedKernels() {}

  /** Writes the changed class below {@code folder}; returns that, to begin a class path. */
  static Path write(Path folder) throws IOException {
    String name = ProbeKernels.class.getName().replace('.', '/') + ".class";
    byte[] original;
    try (InputStream stream = ProbeKernels.class.getClassLoader().getResourceAsStream(name)) {
      original = stream.readAllBytes();
    }
    ClassFile classFile = ClassFile.of();
    byte[] changed =
        classFile.transformClass(
            classFile.parse(original),
            (builder, element) -> {
              if (element instanceof MethodModel method
                  && method.methodName().equalsString("probe")) {
                builder.withMethodBody(
                    method.methodName(),
                    method.methodType(),
                    method.flags().flagsMask(),
                    code -> code.lconst_0().lreturn());
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
