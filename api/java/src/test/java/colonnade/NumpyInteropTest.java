package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.UnsupportedFormatException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * numpy reads what we write, and we read what numpy writes: raw files and {@code .npy}, both byte
 * orders. Skipped without numpy.
 */
class NumpyInteropTest {
  private static final Map<DataType, String> TYPES =
      Map.ofEntries(
          Map.entry(DataType.BOOL, "b1"),
          Map.entry(DataType.I8, "i1"),
          Map.entry(DataType.U8, "u1"),
          Map.entry(DataType.I16, "i2"),
          Map.entry(DataType.U16, "u2"),
          Map.entry(DataType.I32, "i4"),
          Map.entry(DataType.U32, "u4"),
          Map.entry(DataType.I64, "i8"),
          Map.entry(DataType.F32, "f4"),
          Map.entry(DataType.F64, "f8"),
          Map.entry(DataType.TIMESTAMP_MICROS, "M8[us]"));

  @TempDir Path folder;

  @BeforeAll
  static void numpyIsInstalled() {
    Numpy.assumeInstalled();
  }

  @Test
  void sharesRecordsWithStructuredTypes() throws IOException, InterruptedException {
    Schema fields =
        Schema.of(
            "key", DataType.I64, "time", DataType.U16, "flags", DataType.U16, "id", DataType.I32);
    Path file = folder.resolve("records.dat");
    try (MappedRecords records = MappedRecords.create(file, fields, 1_000)) {
      for (int i = 0; i < 1_000; i++) {
        records.setRow(i, -1L - i, 65_535 - i, i % 4, -i);
      }
    }
    String printed =
        Numpy.run(
            folder,
            """
            t = np.dtype([('key', '<u8'), ('time', '<u2'), ('flags', '<u2'), ('id', '<i4')])
            r = np.memmap('records.dat', dtype=t, mode='r+')
            print(len(r), r['key'][0], r['time'].sum(), r['id'][999])
            r['id'][7] = 77
            r.flush()
            """);
    long times = 1_000 * 65_535L - 999 * 500;
    assertThat(printed).isEqualTo("1000 18446744073709551615 " + times + " -999");
    try (MappedRecords records = MappedRecords.open(file, Mode.READ_ONLY, fields)) {
      assertThat(records.getLong(7, "id")).isEqualTo(77);
    }
  }

  @Test
  void readsAndPatchesWhatNumpySaved() throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder();
    TYPES.forEach((type, code) ->
        script.append(
            """
            v = (np.arange(24) * 5 %% %1$d).reshape(2, 3, 4)
            np.save('%2$s-little.npy', v.astype('<%3$s'))
            np.save('%2$s-big.npy', v.astype('>%3$s'))
            np.save('%2$s-fortran.npy', np.asfortranarray(v.astype('<%3$s')))
            with open('%2$s-v2.npy', 'wb') as f: np.lib.format.write_array(f, v.astype('<%3$s'), version=(2, 0))
            with open('%2$s-v3.npy', 'wb') as f: np.lib.format.write_array(f, v.astype('<%3$s'), version=(3, 0))
            """
                .formatted(valueCount(type), type.label(), code)));
    Numpy.run(folder, script.toString());
    StringBuilder check = new StringBuilder();
    List<String> expectedLines = new ArrayList<>();
    for (DataType type : TYPES.keySet()) {
      double[] expected = new double[24];
      Arrays.setAll(expected, i -> i * 5 % valueCount(type));
      long patchedSum = (long) (Arrays.stream(expected).sum() - expected[21] - expected[22] + 2);
      for (String name : new String[] {"little", "big", "fortran", "v2", "v3"}) {
        String file = type.label() + "-" + name + ".npy";
        try (MappedArray array = Npy.map(folder.resolve(file), Mode.READ_WRITE)) {
          assertThat(array.type()).isEqualTo(type);
          assertThat(array.shape()).containsExactly(2, 3, 4);
          double[] values = new double[24];
          Arrays.setAll(values, i -> array.get(i / 12, i / 4 % 3, i % 4));
          assertThat(values).as(file).isEqualTo(expected);
          array.at(1).slice(2, 3, 1, 3).assign(1L);
        }
        check.append(
            "a = np.load('%1$s', mmap_mode='r').astype('i8')\nprint('%1$s', a.sum(), a[1, 2].tolist())\n"
                .formatted(file));
        expectedLines.add(
            file
                + " "
                + patchedSum
                + " ["
                + (long) expected[20]
                + ", 1, 1, "
                + (long) expected[23]
                + "]");
      }
    }
    assertThat(Numpy.run(folder, check.toString()).lines())
        .containsExactlyElementsOf(expectedLines);
  }

  @Test
  void numpyLoadsWhatWeCreated() throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder();
    List<String> expected = new ArrayList<>();
    TYPES.forEach((type, code) -> {
      try (MappedArray array = Npy.create(folder.resolve(type.label() + ".npy"), type, 2, 3)) {
        array.at(0).assign(1L);
        array.at(1).slice(2, 3).assign(1L);
      }
      script.append("a = np.load('%s.npy', mmap_mode='r+')\n".formatted(type.label()));
      script.append(
          "print(a.dtype == np.dtype('<%s'), a.astype('i8').tolist(), a.offset %% 64)\n"
              .formatted(code));
      expected.add("True [[1, 1, 1], [0, 0, 1]] 0");
    });
    Npy.create(folder.resolve("single.npy"), DataType.F64).close();
    Npy.create(folder.resolve("vector.npy"), DataType.F64, 7).close();
    script.append("print(np.load('single.npy').shape, np.load('vector.npy').shape)");
    expected.add("() (7,)");
    assertThat(Numpy.run(folder, script.toString()).lines()).containsExactlyElementsOf(expected);
  }

  private static long valueCount(DataType type) {
    return type == DataType.BOOL ? 2 : 114;
  }

  @Test
  void sharesRawFilesWithMemmapInBothOrdersAtAnyOffset() throws IOException, InterruptedException {
    Path file = folder.resolve("raw.dat");
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      String code = order == ByteOrder.BIG_ENDIAN ? ">" : "<";
      MappedArrayBuilder builder =
          MappedArray.builder(file).type(DataType.F64).shape(100, 50).byteOrder(order).offset(13);
      double[] values = new double[5000];
      Arrays.setAll(values, i -> Math.sqrt(i) - 7);
      values[17] = Double.NaN;
      values[18] = -0.0;
      try (MappedArray array = builder.create()) {
        array.assign(values);
      }
      String printed =
          Numpy.run(
              folder,
              """
              a = np.memmap('raw.dat', dtype='%sf8', mode='r+', offset=13, shape=(100, 50))
              e = np.sqrt(np.arange(5000)) - 7
              e[17] = np.nan; e[18] = -0.0
              print(a.tobytes() == e.astype('%sf8').tobytes())
              a[3:5, 10:20] = 2.5
              a.flush()
              """
                  .formatted(code, code));
      assertThat(printed).isEqualTo("True");
      try (MappedArray array = builder.open(Mode.READ_ONLY)) {
        assertThat(array.slice(3, 5, 10, 20).toDoubles()).hasSize(20).containsOnly(2.5);
        assertThat(array.get(3, 9)).isEqualTo(values[159]);
      }
    }
  }

  @Test
  void refusesPickledObjectsAndTypesThatAreNotMapped() throws IOException, InterruptedException {
    Numpy.run(
        folder,
        """
        np.save('object.npy', np.array([{}, print], dtype=object), allow_pickle=True)
        np.save('struct.npy', np.zeros(3, dtype=[('a', 'f8'), ('b', 'i4')]))
        np.save('text.npy', np.array(['a', 'b']))
        np.save('unsigned.npy', np.zeros(3, dtype='u8'))
        np.save('days.npy', np.zeros(3, dtype='M8[D]'))
        """);
    for (String name : new String[] {"object", "struct", "text", "unsigned", "days"}) {
      assertThat(Files.exists(folder.resolve(name + ".npy"))).isTrue();
      assertThatThrownBy(() -> Npy.map(folder.resolve(name + ".npy")))
          .isInstanceOf(UnsupportedFormatException.class);
    }
  }
}
