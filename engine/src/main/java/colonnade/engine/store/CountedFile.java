package colonnade.engine.store;

import colonnade.engine.observe.WriteCount;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of a writer, which counts what is written to it. Otherwise as the file that it wraps. */
final class CountedFile implements StoredFile {
  private final StoredFile file;
  private final WriteCount.FileCount count;

  CountedFile(StoredFile file, WriteCount.FileCount count) {
    this.file = file;
    this.count = count;
  }

  @Override
  public void write(ByteBuffer source, long offset) throws IOException {
    int bytes = source.remaining();
    file.write(source, offset);
    count.wrote(offset, bytes);
  }

  @Override
  public void read(ByteBuffer target, long offset) throws IOException {
    file.read(target, offset);
  }

  @Override
  public long length() throws IOException {
    return file.length();
  }

  @Override
  public void truncate(long lengthBytes) throws IOException {
    file.truncate(lengthBytes);
  }

  @Override
  public void beginWriteBack(long end) throws IOException {
    file.beginWriteBack(end);
  }

  @Override
  public void sync() throws IOException {
    file.sync();
    count.synced();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
