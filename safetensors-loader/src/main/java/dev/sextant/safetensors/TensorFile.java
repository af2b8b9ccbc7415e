package dev.sextant.safetensors;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** One safetensors file, open: its checked header, and the handle that maps it and knows its present size. */
final class TensorFile implements Closeable {
  private final RandomAccessFile bytes;
  private final Header header;

  private TensorFile(RandomAccessFile bytes, Header header) {
    this.bytes = bytes;
    this.header = header;
  }

  /** @param mostHeaderBytes that its header may have */
  static TensorFile open(Path path, long mostHeaderBytes) throws IOException {
    RandomAccessFile bytes = RegularFile.open(path);
    try {
      return new TensorFile(bytes, HeaderReader.read(path, bytes, mostHeaderBytes));
    } catch (Throwable failure) {
      Closing.after(failure, bytes);
      throw failure;
    }
  }

  Header header() {
    return header;
  }

  /** The whole file, read-only, until the arena is closed. */
  MemorySegment map(Arena arena) throws IOException {
    requireUnchanged(); // mapping a file that has shrunk fails less clearly
    return Undisturbed.get(() -> bytes.getChannel().map(MapMode.READ_ONLY, 0, header.fileSize(), arena));
  }

  /** Compares the size with the one its header was checked against: one system call, no allocation. */
  void requireUnchanged() throws IOException {
    long present = bytes.length();
    if (present != header.fileSize()) {
      throw SafetensorsException.in(header.file(),
          "the mapped file " + (present < header.fileSize() ? "shrank" : "grew")
              + " from " + header.fileSize() + " to " + present + " bytes");
    }
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
