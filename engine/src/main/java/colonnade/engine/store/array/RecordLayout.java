package colonnade.engine.store.array;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the fields of a packed record lie: little-endian, one right after the other, without padding,
 * as in a C struct that is packed. An immutable value.
 */
public final class RecordLayout {
  private final Schema schema;
  private final List<Elements> fields = new ArrayList<>();
  private final int[] offsets;
  private final int recordBytes;

  /**
   * The layout of these fields in this order.
   *
   * @param place the file, for messages
   * @throws InvalidQueryException if there is no field
   * @throws TypeMismatchException if a field has no fixed width
   */
  public RecordLayout(String place, Schema schema) {
    if (schema.size() == 0) {
      throw new InvalidQueryException(
          place,
          "records without a field for " + place,
          "Name the fields: Schema.of(\"key\", I64, \"id\", I32).");
    }
    this.schema = schema;
    this.offsets = new int[schema.size()];
    int at = 0;
    for (int f = 0; f < offsets.length; f++) {
      Field field = schema.field(f);
      if (field.type().isVariable()) {
        throw new TypeMismatchException(
            place,
            "field '" + field.name() + "' of records in " + place + " cannot be " + field.type(),
            "Records are packed: fields need a fixed width. Text and binary have their place in a"
                + " table.");
      }
      fields.add(new Elements(field.type(), ByteOrder.LITTLE_ENDIAN));
      offsets[f] = at;
      at = Math.addExact(at, field.type().widthBytes());
    }
    this.recordBytes = at;
  }

  /** The names and types. */
  public Schema schema() {
    return schema;
  }

  /** Bytes of one record: the sum of the widths. */
  public int recordBytes() {
    return recordBytes;
  }

  /** Bytes from the start of a record to a field. */
  public int offsetBytes(int field) {
    return offsets[field];
  }

  /** How the values of a field are read and written. */
  Elements elements(int field) {
    return fields.get(field);
  }

  /** A file of these records as an array of bytes, a row for each. */
  ArrayLayout bytes(Path path, long rowCount) {
    return ArrayLayout.rowMajor(
        path, DataType.U8, ByteOrder.LITTLE_ENDIAN, 0, rowCount, recordBytes);
  }
}
