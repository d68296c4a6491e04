package colonnade.arrow;

import colonnade.DataType;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.Vector;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ForeignAllocation;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes Arrow vectors whose buffers are the mapped files of a column. */
public final class ColumnHandover {
  private ColumnHandover() {}

  /** A vector over all rows of {@code column}; of codes, if it has a dictionary. */
  public static FieldVector vector(MappedColumn column, int id, BufferAllocator allocator) {
    String place = "column '" + column.field().name() + "'";
    DataType type = column.field().type();
    if (type == DataType.BOOL && column.encoding() == Encoding.PLAIN) {
      throw new TypeMismatchException(
          place,
          place + " holds booleans, a byte each; Arrow's take a bit",
          "Write the table with EncodingChoice.AUTO for this column, or use Arrow.write.");
    }
    if (column.rowCount() > Integer.MAX_VALUE - 8) {
      throw new InvalidQueryException(
          place,
          place + " has " + column.rowCount() + " rows, more than an Arrow vector can have",
          "Write it with Arrow.write, in batches.");
    }
    if (column.encoding().isNumberCode()) {
      throw new TypeMismatchException(
          place,
          place + " holds codes of numbers (" + column.encoding().label() + "), not the numbers",
          "Write the table with EncodingChoice.PLAIN for this column, or use Arrow.write.");
    }
    if (column.encoding() == Encoding.CONSTANT) {
      throw new TypeMismatchException(
          place,
          place + " holds one value for all its rows (constant), not a value for each",
          "Write the table with EncodingChoice.PLAIN for this column, or use Arrow.write.");
    }
    int rows = (int) column.rowCount();
    Vector values = column.vector(0, rows);
    ArrowType arrowType =
        values.isCoded()
            ? new ArrowType.Int(8 * values.codeWidthBytes(), false)
            : ArrowTypes.of(type);
    DictionaryEncoding encoding =
        values.isCoded() ? new DictionaryEncoding(id, false, (ArrowType.Int) arrowType) : null;
    Field field = ArrowTypes.field(column.field().name(), arrowType, encoding);
    List<MemorySegment> buffers = new ArrayList<>();
    long nulls = values.validity() == null ? 0 : column.statistics().nullCount();
    buffers.add(values.validity() == null ? MemorySegment.NULL : values.validity());
    if (values.offsets() != null) {
      buffers.add(values.offsets());
    }
    buffers.add(values.data());
    return load(field, rows, nulls, buffers, allocator);
  }

  /** The dictionary of a column that has one. */
  public static Dictionary dictionary(MappedColumn column, int id, BufferAllocator allocator) {
    colonnade.engine.store.Dictionary entries = column.dictionary();
    if (entries == null) {
      String place = "column '" + column.field().name() + "'";
      throw new TypeMismatchException(
          place, place + " has no dictionary: it is plain", "Use Arrow.vector alone.");
    }
    Field field =
        ArrowTypes.field(column.field().name(), ArrowTypes.of(column.field().type()), null);
    int width = column.vector(0, 0).codeWidthBytes();
    return new Dictionary(
        load(
            field,
            entries.size(),
            0,
            List.of(MemorySegment.NULL, entries.offsets(), entries.bytes()),
            allocator),
        new DictionaryEncoding(id, false, new ArrowType.Int(8 * width, false)));
  }

  private static FieldVector load(
      Field field, int rows, long nulls, List<MemorySegment> segments, BufferAllocator allocator) {
    FieldVector vector = field.createVector(allocator);
    List<ArrowBuf> buffers = new ArrayList<>();
    try {
      for (MemorySegment segment : segments) {
        buffers.add(segment.byteSize() == 0 ? allocator.getEmpty() : wrapped(segment, allocator));
      }
      vector.loadFieldBuffers(new ArrowFieldNode(rows, nulls), buffers);
      return vector;
    } catch (RuntimeException e) {
      vector.close();
      throw e;
    } finally {
      // The vector holds its own references.
      buffers.forEach(ArrowBuf::close);
    }
  }

  private static ArrowBuf wrapped(MemorySegment segment, BufferAllocator allocator) {
    return allocator.wrapForeignAllocation(
        new ForeignAllocation(segment.byteSize(), segment.address()) {
          @Override
          protected void release0() {
            // The mapping belongs to the table.
          }
        });
  }
}
