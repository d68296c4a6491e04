/** Reading, mapping and writing Arrow IPC files, and handing mapped columns to Arrow vectors. */
@org.jspecify.annotations.NullMarked
package colonnade.arrow;
