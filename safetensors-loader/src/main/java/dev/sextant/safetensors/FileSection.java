package dev.sextant.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;

/** The next so many bytes of an open file. Closing the section leaves the file open. */
final class FileSection extends InputStream {
  private final RandomAccessFile file;
  private long left;

  FileSection(RandomAccessFile file, long length) {
    this.file = file;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    int value = left == 0 ? -1 : file.read();
    left -= value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    int wanted = (int) Math.min(length, left);
    if (wanted == 0) {
      return length == 0 ? 0 : -1;
    }
    int got = file.read(target, from, wanted);
    left -= Math.max(got, 0);
    return got;
  }
}
