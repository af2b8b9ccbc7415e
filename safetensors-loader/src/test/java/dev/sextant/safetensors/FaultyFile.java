package dev.sextant.safetensors;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A file that gives a byte or two at a time, and fails at its n-th call. */
final class FaultyFile extends RandomAccessFile {
  private final int failing;
  private int calls;

  /** @param failing which call fails, from 1; 0 for none */
  FaultyFile(Path path, int failing) throws IOException {
    super(path.toFile(), "r");
    this.failing = failing;
  }

  private void count() throws IOException {
    if (++calls == failing) throw new IOException("injected");
  }

  int calls() {
    return calls;
  }

  @Override
  public int read() throws IOException {
    count();
    return super.read();
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    count();
    return super.read(into, from, Math.min(length, 1 + calls % 2));
  }

  @Override
  public void seek(long position) throws IOException {
    count();
    super.seek(position);
  }
}
