package dev.sextant.tokenizer.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The 256 characters by which byte-level vocabularies write bytes: printable Latin-1 characters stand for
 * themselves, the other 68 bytes are U+0100 and on (GPT-2's {@code bytes_to_unicode}).
 */
public final class ByteStandIns {
  private static final char[] OF_BYTE = new char[256];
  private static final short[] OF_CHARACTER = new short[256 + 68];

  static {
    Arrays.fill(OF_CHARACTER, (short) -1);
    char next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
      OF_BYTE[b] = printable ? (char) b : next++;
      OF_CHARACTER[OF_BYTE[b]] = (short) b;
    }
  }

  private ByteStandIns() {}

  /** The character that stands for a byte, 0 to 255. */
  public static char of(int b) {
    return OF_BYTE[b];
  }

  /** The byte that a character stands for; -1 if it stands for none. */
  public static int byteOf(char c) {
    return c < OF_CHARACTER.length ? OF_CHARACTER[c] : -1;
  }

  /** The bytes a token stands for, or, if any of its characters is no stand-in, its own UTF-8. */
  public static byte[] bytesOf(String token) {
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      int b = byteOf(token.charAt(i));
      if (b < 0) {
        return token.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) b;
    }
    return bytes;
  }

  /** Appends the stand-ins of a code point's UTF-8 bytes, all from the source character at that index. */
  static void append(Aligned.Builder target, int codePoint, int index) {
    if (codePoint < 0x80) {
      target.put(OF_BYTE[codePoint], index);
      return;
    }
    int continuations = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
    int lead = (0xF00 >> continuations + 1) & 0xFF;
    target.put(OF_BYTE[lead | codePoint >> 6 * continuations], index);
    for (int i = continuations - 1; i >= 0; i--) {
      target.put(OF_BYTE[0x80 | codePoint >> 6 * i & 0x3F], index);
    }
  }

  /** The stand-ins of a range of a text; appended to the target. */
  public static void append(Aligned.Builder target, String text, int from, int to) {
    for (int i = from; i < to;) {
      int c = text.codePointAt(i);
      append(target, c, i);
      i += Character.charCount(c);
    }
  }

  /** The text with every character replaced by its stand-in, if it is all ASCII; null otherwise. */
  public static @Nullable String ofAscii(String text) {
    char[] mapped = new char[text.length()];
    for (int i = 0; i < mapped.length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return null;
      }
      mapped[i] = OF_BYTE[c];
    }
    return new String(mapped);
  }
}
