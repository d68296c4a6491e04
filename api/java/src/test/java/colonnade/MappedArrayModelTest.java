package colonnade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random work on arrays of every type, byte order, offset and rank against a model in plain Java.
 * {@code -Dseed=} repeats a run.
 */
class MappedArrayModelTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);
  private static final int[] OFFSETS = {0, 1, 13, 64, 4095, 4096, 5000};

  @TempDir Path folder;

  static Stream<Arguments> typesAndOrders() {
    return Arrays.stream(DataType.values())
        .filter(type -> !type.isVariable())
        .flatMap(type ->
            Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                .map(order -> Arguments.of(type, order)));
  }

  @ParameterizedTest
  @MethodSource("typesAndOrders")
  void agreesWithAModelInPlainJava(DataType type, ByteOrder order) throws IOException {
    Random random = new Random(SEED + type.ordinal());
    for (int round = 0; round < 6; round++) {
      int rank = 1 + random.nextInt(4);
      long[] shape = random.ints(rank, 1, rank < 4 ? 12 : 7).asLongStream().toArray();
      shape[random.nextInt(rank)] += rank < 3 && random.nextInt(3) == 0 ? 1500 : 0;
      int offset = OFFSETS[random.nextInt(OFFSETS.length)];
      Path file = folder.resolve("array-" + round);
      String what =
          "seed "
              + SEED
              + ", round "
              + round
              + ", shape "
              + Arrays.toString(shape)
              + ", offset "
              + offset;
      ArrayModel model = ArrayModel.zeros(type, shape);
      MappedArrayBuilder builder =
          MappedArray.builder(file).type(type).shape(shape).byteOrder(order).offset(offset);
      try (MappedArray array = builder.create()) {
        for (int step = 0; step < 10; step++) {
          changeSomewhere(array, model, random);
          check(array, model, what);
          ViewPair view = randomView(array, model, random);
          check(view.array, view.model, what);
        }
      }
      byte[] expected =
          Arrays.copyOf(new byte[offset], offset + model.values.length * type.widthBytes());
      System.arraycopy(model.encode(order), 0, expected, offset, expected.length - offset);
      assertThat(Files.readAllBytes(file)).as(what).isEqualTo(expected);
      try (MappedArray array = builder.open(Mode.READ_ONLY)) {
        check(array, model, what + ", reopened");
      }
    }
  }

  private record ViewPair(MappedArray array, ArrayModel model) {}

  private static ViewPair randomView(MappedArray array, ArrayModel model, Random random) {
    ViewPair view = new ViewPair(array, model);
    for (int i = random.nextInt(3); i > 0; i--) {
      long[] shape = view.model.shape;
      if (shape.length > 0 && random.nextInt(3) == 0) {
        int axis = random.nextInt(shape.length);
        if (shape[axis] > 0) {
          long position = random.nextLong(shape[axis]);
          view = new ViewPair(view.array.at(axis, position), view.model.at(axis, position));
        }
      } else {
        long[] bounds = new long[2 * random.nextInt(shape.length + 1)];
        for (int axis = 0; axis < bounds.length / 2; axis++) {
          bounds[2 * axis] = random.nextLong(shape[axis] + 1);
          bounds[2 * axis + 1] = random.nextLong(bounds[2 * axis], shape[axis] + 1);
        }
        view = new ViewPair(view.array.slice(bounds), view.model.slice(bounds));
      }
    }
    return view;
  }

  private static void changeSomewhere(MappedArray array, ArrayModel model, Random random) {
    ViewPair view = randomView(array, model, random);
    DataType type = model.type;
    int count = view.model.covered.length;
    long[] values = new long[count];
    Arrays.setAll(values, i -> ArrayModel.randomValue(type, random));
    switch (random.nextInt(5)) {
      case 0 -> {
        long value = ArrayModel.randomValue(type, random);
        fill(view.array, type, value);
        Arrays.fill(values, value);
        view.model.assign(values);
      }
      case 1 -> {
        if (count > 0) {
          putScattered(view, values, random);
        }
      }
      case 2 -> moveOntoItself(array, model, random);
      default -> {
        assign(view.array, type, values);
        view.model.assign(values);
      }
    }
  }

  /** Assigns most of the array to a place in it that is a little off, so that the two overlap. */
  private static void moveOntoItself(MappedArray array, ArrayModel model, Random random) {
    long[] from = new long[2 * model.shape.length];
    long[] to = from.clone();
    for (int axis = 0; axis < model.shape.length; axis++) {
      long size = model.shape[axis] - random.nextLong(Math.min(3, model.shape[axis]));
      from[2 * axis] = random.nextLong(model.shape[axis] - size + 1);
      from[2 * axis + 1] = from[2 * axis] + size;
      to[2 * axis] = random.nextLong(model.shape[axis] - size + 1);
      to[2 * axis + 1] = to[2 * axis] + size;
    }
    array.slice(to).assign(array.slice(from));
    model.slice(to).assign(model.slice(from).toValues());
  }

  private static void putScattered(ViewPair view, long[] values, Random random) {
    DataType type = view.model.type;
    long[] indices = random.longs(1 + random.nextInt(20), 0, values.length).toArray();
    long[] stored = new long[indices.length];
    double[] doubles = new double[indices.length];
    for (int i = 0; i < indices.length; i++) {
      stored[i] = values[(int) indices[i]] = ArrayModel.randomValue(type, random);
      doubles[i] =
          type == DataType.F32
              ? Float.intBitsToFloat((int) stored[i])
              : Double.longBitsToDouble(stored[i]);
      view.model.values[view.model.covered[(int) indices[i]]] = stored[i];
    }
    if (type.isFloating()) {
      view.array.put(indices, doubles);
    } else {
      view.array.put(indices, stored);
    }
  }

  private static void fill(MappedArray array, DataType type, long value) {
    switch (type) {
      case F32 -> array.fill(Float.intBitsToFloat((int) value));
      case F64 -> array.fill(Double.longBitsToDouble(value));
      default -> array.assign(value);
    }
  }

  private static void assign(MappedArray array, DataType type, long[] values) {
    switch (type) {
      case F32 -> {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = Float.intBitsToFloat((int) values[i]);
        }
        array.assign(floats);
      }
      case F64 ->
          array.assign(Arrays.stream(values).mapToDouble(Double::longBitsToDouble).toArray());
      case I8, BOOL -> {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) values[i];
        }
        array.assign(bytes);
      }
      case I16, U16, U8, I32, DATE ->
          array.assign(Arrays.stream(values).mapToInt(value -> (int) value).toArray());
      default -> array.assign(values);
    }
  }

  private static void check(MappedArray array, ArrayModel model, String what) {
    assertThat(array.shape()).as(what).isEqualTo(model.shape);
    assertThat(array.size()).as(what).isEqualTo(model.covered.length);
    DataType type = model.type;
    long[] values = model.toValues();
    if (type.isIntegral()) {
      assertThat(array.toLongs()).as(what).isEqualTo(values);
      long[] single = new long[values.length];
      Arrays.setAll(single, i -> array.getLong(model.indexOf(i)));
      assertThat(single).as(what).isEqualTo(values);
    }
    if (type.isIntegral() && type.widthBytes() <= 4 && type != DataType.U32) {
      assertThat(array.toInts())
          .as(what)
          .isEqualTo(Arrays.stream(values).mapToInt(value -> (int) value).toArray());
    }
    if (type.isIntegral() && type.widthBytes() == 1) {
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) values[i];
      }
      assertThat(array.toBytes()).as(what).isEqualTo(bytes);
    }
    if (type.isNumeric() && type != DataType.I64) {
      double[] doubles = new double[values.length];
      Arrays.setAll(doubles, model::doubleValue);
      assertThat(array.toDoubles()).as(what).isEqualTo(doubles);
      double[] single = new double[values.length];
      Arrays.setAll(single, i -> array.get(model.indexOf(i)));
      assertThat(single).as(what).isEqualTo(doubles);
      if (type == DataType.F32 || type.widthBytes() <= 2) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) doubles[i];
        }
        assertThat(array.toFloats()).as(what).isEqualTo(floats);
      }
    }
  }
}
