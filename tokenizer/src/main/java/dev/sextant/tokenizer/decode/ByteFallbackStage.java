package dev.sextant.tokenizer.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Turns runs of {@code <0xHH>} tokens into text. As in the reference a run that is not well-formed UTF-8 as a whole
 * becomes one U+FFFD for each byte; a stream cannot know that in time, and hands out each character as it
 * completes.
 */
final class ByteFallbackStage extends TokenStage {
  private final Decoder.Mode mode;
  private final Utf8Assembler assembler;
  private final ByteArrayOutputStream run = new ByteArrayOutputStream();
  private boolean running;

  ByteFallbackStage(Stage next, Decoder.Mode mode) {
    super(next);
    this.mode = mode;
    assembler = new Utf8Assembler(mode == Decoder.Mode.LEGIBLE);
  }

  @Override
  void token(String token) {
    int value = byteOf(token);
    if (value < 0) {
      endRun();
      pass(token);
      return;
    }
    running = true;
    if (mode == Decoder.Mode.EXACT) {
      run.write(value);
    } else {
      assembler.accept((byte) value);
      next.text(assembler.take());
    }
  }

  @Override
  public void end() {
    endRun();
    next.end();
  }

  private void endRun() {
    if (running) {
      pass(mode == Decoder.Mode.EXACT ? wholeRun() : assembler.takeLast());
      run.reset();
      running = false;
    }
  }

  private String wholeRun() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(run.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      return "\uFFFD".repeat(run.size());
    }
  }

  private static int byteOf(String token) {
    if (token.length() != 6 || !token.startsWith("<0x") || token.charAt(5) != '>') {
      return -1;
    }
    int high = Character.digit(token.charAt(3), 16);
    int low = Character.digit(token.charAt(4), 16);
    return high < 0 || low < 0 || token.charAt(3) > 'f' || token.charAt(4) > 'f' ? -1 : high << 4 | low;
  }
}
