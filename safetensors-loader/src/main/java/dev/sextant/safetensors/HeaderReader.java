package dev.sextant.safetensors;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the header of an open file: its length, then its JSON as a stream; no claimed size is allocated. */
final class HeaderReader {
  /** The limit of the reference: a longer header is refused. */
  static final long MAX_LENGTH = 100_000_000;
  /** Bytes before the header: its length. */
  static final int PREFIX = Long.BYTES;

  private HeaderReader() {}

  /** @param most bytes that the header may have, at most {@link #MAX_LENGTH} */
  static Header read(Path file, RandomAccessFile bytes, long most) throws IOException {
    try {
      long fileSize = bytes.length();
      long length = length(file, bytes, fileSize);
      if (length > most) throw new HeaderLimitException(file, "a header", length, most);
      if (bytes.read() != '{') {
        throw SafetensorsException.in(file, "the header must begin with '{'");
      }
      bytes.seek(PREFIX);
      return StrictJson.parse(file, "the header", new FileSection(bytes, length),
          json -> new HeaderParser(json, file, PREFIX + length, fileSize).read());
    } catch (EOFException e) {
      throw new SafetensorsException(file, null, "the file shrank while its header was read", e);
    }
  }

  /** The checked header length; the file then stands at the header's first byte. */
  private static long length(Path file, RandomAccessFile bytes, long fileSize) throws IOException {
    if (fileSize < PREFIX) {
      throw SafetensorsException.in(file,
          "has " + fileSize + " bytes; a safetensors file begins with " + PREFIX + " bytes of header length");
    }
    byte[] prefix = new byte[PREFIX];
    bytes.seek(0);
    bytes.readFully(prefix);
    if (isText(prefix)) {
      throw SafetensorsException.in(file,
          "begins with the text " + Text.quote(new String(prefix, StandardCharsets.US_ASCII).strip())
              + "; a safetensors file begins with " + PREFIX + " bytes of header length" + lookalike(prefix));
    }
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > MAX_LENGTH) {
      throw SafetensorsException.in(file, "claims a header of " + Long.toUnsignedString(length) + " bytes; at most "
          + MAX_LENGTH + " are allowed" + lookalike(prefix));
    }
    if (length > fileSize - PREFIX) {
      throw SafetensorsException.in(file, "claims a header of " + length + " bytes in a file of " + fileSize
          + "; the file is truncated" + lookalike(prefix));
    }
    if (length == 0) {
      throw SafetensorsException.in(file, "claims a header of 0 bytes; even without tensors it is {}");
    }
    return length;
  }

  /** Whether all are what texts are made of: as a length, such bytes are far beyond what is allowed. */
  private static boolean isText(byte[] prefix) {
    for (byte b : prefix) if (b < ' ' && b != '\n' && b != '\r' && b != '\t' || b == 0x7f) return false;
    return true;
  }

  /** What the file seems to be instead; nothing for unknown bytes. */
  private static String lookalike(byte[] prefix) {
    String start = new String(prefix, StandardCharsets.ISO_8859_1);
    if (start.equals("version ")) {
      return " (this looks like a Git LFS pointer: fetch the file itself with git lfs pull)";
    }
    if (start.startsWith("PK")) {
      return " (this looks like a zip archive, perhaps weights saved by PyTorch: convert them to safetensors)";
    }
    if (start.startsWith("GGUF")) {
      return " (this looks like a GGUF file)";
    }
    if (start.startsWith("\u0093NUMPY")) {
      return " (this looks like a NumPy file)";
    }
    if (start.startsWith("<")) {
      return " (this looks like a web page, perhaps of a download that failed)";
    }
    return start.startsWith("{") ? " (this looks like JSON without the header length before it)" : "";
  }
}
