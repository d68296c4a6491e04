package colonnade.engine.store.array;

/**
 * Some elements of a mapped array: a window, never a copy, valid until the file is closed.
 *
 * @param file the mapping and its state
 * @param elements how one element is stored
 * @param region which elements
 */
public record ArrayView(ArrayFile file, Elements elements, Region region) {
  /** All elements. */
  public static ArrayView whole(ArrayFile file) {
    return new ArrayView(file, file.layout().elements(), file.layout().region());
  }

  /** The same file's elements in another region. */
  public ArrayView with(Region newRegion) {
    return new ArrayView(file, elements, newRegion);
  }

  /** The file, for messages. */
  String place() {
    return file.layout().place();
  }

  /** Tells the file that {@code count} elements from {@code position} on were written. */
  void wrote(long position, long step, long count) {
    int width = elements.width();
    long stepBytes = step * width;
    if (stepBytes <= DirtyPages.PAGE_BYTES) {
      file.wrote(position * width, (position + (count - 1) * step + 1) * width, count * width);
      return;
    }
    for (long i = 0; i < count; i++) {
      long at = (position + i * step) * width;
      file.wrote(at, at + width, width);
    }
  }

  /** Ends a write call that touched all of this view. */
  void endWrite() {
    long rowElements = file.layout().region().rowElements();
    long end = region.end();
    file.endWrite(
        end == region.start() ? 0 : (end - 1) / rowElements - region.start() / rowElements + 1);
  }
}
