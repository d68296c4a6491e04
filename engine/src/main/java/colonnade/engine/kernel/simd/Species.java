package colonnade.engine.kernel.simd;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shapes of this machine: the preferred width, and half of it as source of widenings.
 */
final class Species {
  static final VectorSpecies<Byte> I8 = ByteVector.SPECIES_PREFERRED;
  static final VectorSpecies<Short> I16 = ShortVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> I32 = IntVector.SPECIES_PREFERRED;
  static final VectorSpecies<Long> I64 = LongVector.SPECIES_PREFERRED;
  static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_PREFERRED;

  private static final VectorShape HALF = VectorShape.forBitSize(I64.vectorBitSize() / 2);

  static final VectorSpecies<Short> HALF_I16 = VectorSpecies.of(short.class, HALF);
  static final VectorSpecies<Integer> HALF_I32 = VectorSpecies.of(int.class, HALF);
  static final VectorSpecies<Float> HALF_F32 = VectorSpecies.of(float.class, HALF);

  static final VectorSpecies<Byte> CODES_U8_I16 = codes(byte.class, I16.length());
  static final VectorSpecies<Byte> CODES_U8_I32 = codes(byte.class, I32.length());
  static final VectorSpecies<Byte> CODES_U8_I64 = codes(byte.class, I64.length());
  static final VectorSpecies<Short> CODES_U16_I32 = codes(short.class, I32.length());
  static final VectorSpecies<Short> CODES_U16_I64 = codes(short.class, I64.length());
  static final VectorSpecies<Integer> CODES_U32_I64 = codes(int.class, I64.length());

  private Species() {}

  /** As many codes as there are lanes to decode them to, or more: no shape has under 64 bits. */
  private static <E> VectorSpecies<E> codes(Class<E> type, int lanes) {
    int bits = type == byte.class ? 8 : type == short.class ? 16 : 32;
    return VectorSpecies.of(type, VectorShape.forBitSize(Math.max(64, bits * lanes)));
  }
}
