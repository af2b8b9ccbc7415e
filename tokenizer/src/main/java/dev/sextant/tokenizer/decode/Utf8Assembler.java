package dev.sextant.tokenizer.decode;

/**
 * Makes characters of bytes that come one by one. Ill-formed sequences become U+FFFD, one for each maximal part
 * that could have become a character (Unicode, section 3.9; WHATWG's decoder).
 */
final class Utf8Assembler {
  private final boolean legible;
  private final StringBuilder ready = new StringBuilder();
  private final byte[] pending = new byte[4];
  private int held; // bytes of the pending sequence that are there
  private int needed; // bytes that it must have
  private int codePoint;
  private int low = 0x80; // what the next byte must lie in
  private int high = 0xBF;

  /** With {@code legible}, bytes that are no character are shown as {@code <0xHH>}. */
  Utf8Assembler(boolean legible) {
    this.legible = legible;
  }

  void accept(byte next) {
    int b = next & 0xFF;
    if (held > 0 && (b < low || b > high)) {
      giveUp();
    }
    pending[held++] = next;
    if (held == 1) {
      lead(b);
    } else {
      codePoint = codePoint << 6 | b & 0x3F;
      low = 0x80;
      high = 0xBF;
    }
    if (held > 0 && held == needed) {
      ready.appendCodePoint(codePoint);
      reset();
    }
  }

  private void lead(int b) {
    if (b < 0x80) {
      needed = 1;
      codePoint = b;
    } else if (b >= 0xC2 && b <= 0xF4) {
      needed = b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
      codePoint = b & 0x7F >> needed;
      // No overlong forms, no surrogates, nothing above U+10FFFF.
      low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
      high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
    } else {
      giveUp();
    }
  }

  private void giveUp() {
    if (legible) {
      for (int i = 0; i < held; i++) {
        ready.append(String.format("<0x%02X>", pending[i]));
      }
    } else {
      ready.append('\uFFFD');
    }
    reset();
  }

  private void reset() {
    held = 0;
    needed = 0;
    low = 0x80;
    high = 0xBF;
  }

  /** What is certain by now. */
  String take() {
    String text = ready.toString();
    ready.setLength(0);
    return text;
  }

  /** What is certain if no more bytes come. */
  String takeLast() {
    if (held > 0) {
      giveUp();
    }
    return take();
  }
}
