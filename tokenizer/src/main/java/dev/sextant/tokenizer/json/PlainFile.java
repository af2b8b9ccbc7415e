package dev.sextant.tokenizer.json;

import dev.sextant.tokenizer.TokenizerException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.charset.StandardCharsets;

/**
 * The files of a model's folder, through symbolic links: plain ones of bounded size, nothing else. A pipe would wait for a
 * writer, a device would never end, and what stands there and is no file must not count as absent.
 */
public final class PlainFile {
  /** Eight times the largest tokenizer.json known. */
  public static final long MOST_BYTES = 1L << 28;

  private PlainFile() {}

  /**
   * Whether the file is there.
   *
   * @throws TokenizerException if something else stands there: a folder, pipe or device, or a link to one or to nothing
   */
  public static boolean exists(Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      require(file);
      return true;
    } catch (IOException e) {
      throw new TokenizerException(Trouble.with(file, e), e);
    }
  }

  /** Opens a file that gives no more than {@link #MOST_BYTES}. */
  public static InputStream open(Path file) throws IOException {
    long size = require(file).size();
    if (size > MOST_BYTES) {
      throw tooLarge(file, size + "");
    }
    return new Bounded(file, Files.newInputStream(file));
  }

  /** All of a file, which must be UTF-8. */
  public static String text(Path file) throws IOException {
    try (InputStream bytes = open(file)) {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.readAllBytes())).toString();
    }
  }

  private static BasicFileAttributes require(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new TokenizerException(
          file + ": not a regular file but a " + (attributes.isDirectory() ? "folder" : "pipe, socket or device"));
    }
    return attributes;
  }

  private static TokenizerException tooLarge(Path file, String size) {
    return new TokenizerException(file + ": has " + size + " bytes; at most " + MOST_BYTES + " are read");
  }

  /** Ends files that go on beyond the size they were said to have, as those of some file systems do. */
  private static final class Bounded extends FilterInputStream {
    private final Path file;
    private long left = MOST_BYTES;

    Bounded(Path file, InputStream bytes) {
      super(bytes);
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      return value < 0 ? value : counted(1, value);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int got = super.read(into, from, length);
      return counted(Math.max(got, 0), got);
    }

    private int counted(int bytes, int result) {
      left -= bytes;
      if (left < 0) {
        throw tooLarge(file, "more than " + MOST_BYTES);
      }
      return result;
    }
  }
}
