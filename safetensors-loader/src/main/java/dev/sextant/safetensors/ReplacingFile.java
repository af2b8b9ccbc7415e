package dev.sextant.safetensors;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file written under another name in the target's folder, which takes the target's place whole or vanishes. */
final class ReplacingFile implements Closeable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final MemorySegment window = MemorySegment.ofBuffer(buffer);
  private boolean ended;

  private ReplacingFile(Path target, Path temporary, FileChannel channel) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
  }

  static ReplacingFile create(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      throw SafetensorsException.in(target, "is a folder; it cannot be replaced by a file");
    }
    // Not Files.createTempFile: the result must get the permissions of any new file.
    Path temporary = target.resolveSibling(".safetensors-" + UUID.randomUUID() + ".tmp");
    FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new ReplacingFile(target, temporary, channel);
  }

  void write(MemorySegment data) throws IOException {
    requireOpen();
    for (long at = 0; at < data.byteSize();) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      long length = Math.min(buffer.remaining(), data.byteSize() - at);
      MemorySegment.copy(data, at, window, buffer.position(), length);
      buffer.position(buffer.position() + (int) length);
      at += length;
    }
  }

  private void flush() throws IOException {
    try {
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    } catch (Throwable failure) { // how much was written is unknown: no more after that
      Closing.after(failure, this);
      throw failure;
    }
  }

  /** Writes through to the disk before the move: a crash must not leave an empty file under the target's name. */
  void replaceTarget() throws IOException {
    requireOpen();
    flush();
    channel.force(true);
    channel.close();
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    ended = true;
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the writer of " + target + " is closed");
    }
  }

  /** Removes what was written, unless it has taken the target's place. */
  @Override
  public void close() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    try {
      channel.close();
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
