package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.Cells;
import colonnade.engine.exec.hash.Hash;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Approximate numbers of distinct values: a sketch for each group that has values. */
final class ApproximateDistinctCount extends Accumulator {
  private final HeapUse heap;
  private final DistinctSketches maker;
  private final boolean floating;
  private final boolean text;
  private @Nullable DistinctSketch[] sketches = new DistinctSketch[0];
  private @Nullable Dictionary dictionary;
  private long[] hashOfCode = new long[0];
  private BitSet seenCodes = new BitSet();

  ApproximateDistinctCount(HeapUse heap, boolean floating, boolean text) {
    this.heap = heap;
    this.maker = DistinctSketches.find();
    this.floating = floating;
    this.text = text;
  }

  @Override
  void resize(int capacity) {
    heap.reserve(4L * (capacity - sketches.length));
    sketches = Arrays.copyOf(sketches, capacity);
  }

  @Override
  void update(ArgumentValues argument) {
    int[] groups = argument.groups;
    if (text) {
      updateTexts(argument.vector(), argument);
    } else if (floating) {
      for (int i = 0; i < argument.count; i++) {
        sketch(groups[i]).add(Cells.comparable(argument.doubles()[i]));
      }
    } else {
      long[] longs = argument.longs();
      for (int i = 0; i < argument.count; i++) {
        sketch(groups[i]).add(longs[i]);
      }
    }
  }

  private void updateTexts(Vector vector, ArgumentValues argument) {
    Dictionary entries = vector.dictionary();
    if (entries != null && entries != dictionary) {
      dictionary = entries;
      hashOfCode = new long[entries.size()];
      seenCodes = new BitSet(entries.size());
    }
    for (int i = 0; i < argument.count; i++) {
      int row = argument.rows == null ? i : argument.rows[i];
      long hash;
      if (entries == null) {
        long start = vector.start(row);
        hash = Hash.of(vector.data(), start, (int) (vector.start(row + 1) - start));
      } else {
        hash = hashOf(entries, vector.code(row));
      }
      sketch(argument.groups[i]).add(hash);
    }
  }

  private long hashOf(Dictionary entries, int code) {
    if (!seenCodes.get(code)) {
      seenCodes.set(code);
      hashOfCode[code] = Hash.of(entries.bytes(), entries.start(code), entries.length(code));
    }
    return hashOfCode[code];
  }

  @Override
  void seal(int groupCount) {
    for (DistinctSketch sketch : sketches) {
      heap.reserve(sketch == null ? 0 : sketch.heapBytes());
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    ApproximateDistinctCount other = (ApproximateDistinctCount) next;
    for (int i = 0; i < count; i++) {
      DistinctSketch more = other.sketches[from[start + i]];
      if (more != null) {
        DistinctSketch sketch = sketch(to[i]);
        long before = sketch.heapBytes();
        sketch.addAll(more);
        heap.reserve(sketch.heapBytes() - before);
      }
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      DistinctSketch sketch = sketches[groups[i]];
      out.setLong(i, sketch == null ? 0 : sketch.estimate());
    }
  }

  private DistinctSketch sketch(int group) {
    DistinctSketch sketch = sketches[group];
    if (sketch == null) {
      sketch = maker.create();
      sketches[group] = sketch;
    }
    return sketch;
  }
}
