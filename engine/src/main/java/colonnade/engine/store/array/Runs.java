package colonnade.engine.store.array;

/**
 * A cursor over the elements of a region in row-major order. It stands in a run of {@link
 * #remaining} elements, {@link #step} apart, the next at {@link #position}; axes that lie end to
 * end are one run. For one thread.
 */
final class Runs {
  private final long[] sizes;
  private final long[] strides;
  private final long[] index;
  private final long step;
  private final long length;
  private long runStart;
  private long done;
  private boolean more;

  Runs(long start, long[] shape, long[] shapeStrides) {
    long[] joinedSizes = new long[shape.length + 1];
    long[] joinedStrides = new long[shape.length + 1];
    int axes = 0;
    boolean empty = false;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      empty |= shape[axis] == 0;
      if (shape[axis] == 1) {
        continue;
      }
      if (axes > 0 && shapeStrides[axis] == joinedStrides[axes - 1] * joinedSizes[axes - 1]) {
        joinedSizes[axes - 1] *= shape[axis];
      } else {
        joinedSizes[axes] = shape[axis];
        joinedStrides[axes++] = shapeStrides[axis];
      }
    }
    step = axes == 0 ? 1 : joinedStrides[0];
    length = axes == 0 ? 1 : joinedSizes[0];
    int outer = Math.max(0, axes - 1);
    sizes = new long[outer];
    strides = new long[outer];
    System.arraycopy(joinedSizes, Math.min(1, axes), sizes, 0, outer);
    System.arraycopy(joinedStrides, Math.min(1, axes), strides, 0, outer);
    index = new long[outer];
    runStart = start;
    more = !empty;
  }

  /** Whether any element is left. */
  boolean hasMore() {
    return more;
  }

  /** Position of the next element. */
  long position() {
    return runStart + done * step;
  }

  /** Distance from one element of the run to the next, in elements. */
  long step() {
    return step;
  }

  /** Elements left in this run; at least 1 while {@link #hasMore}. */
  long remaining() {
    return length - done;
  }

  /** Elements left in this run, but no more than {@code limit}. */
  int remaining(int limit) {
    return (int) Math.min(limit, length - done);
  }

  /** Moves on by {@code count} elements, at most {@link #remaining}. */
  void advance(long count) {
    done += count;
    if (done < length) {
      return;
    }
    done = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      runStart += strides[axis];
      if (++index[axis] < sizes[axis]) {
        return;
      }
      runStart -= strides[axis] * sizes[axis];
      index[axis] = 0;
    }
    more = false;
  }
}
